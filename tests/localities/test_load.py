"""The presets of the five localities load, and say what the published accounts say; what those leave out stays open."""

from datetime import date

import pytest
from django.utils.translation import override

from lianxin.affairs.stations.rules import StationRules
from lianxin.ground.access.rules import RoleRules
from lianxin.ground.people.rules import BodyRules
from lianxin.ground.rulebook.blocks import TO_BE_FILLED
from lianxin.ground.rulebook.loading import folders, load
from lianxin.ground.rulebook.rules import DayRules, ListRules
from lianxin.lib.calendars.days import shipped_calendar
from lianxin.lib.calendars.recurrence import next_after
from lianxin.lib.calendars.spans import Span

PLACES = {
    "dianjun": ("宜昌市点军区", "420504", "county"),
    "yanhe": ("沿河土家族自治县", "520627", "county"),
    "xunyang": ("旬阳市", "610981", "county"),
    "sanmen": ("三门县", "331022", "county"),
    "changchun": ("长春市", "220100", "city"),
}


def stations(place):
    return load(place).section(StationRules)


def entries(place, code):
    return [entry.name for entry in load(place).section(ListRules).lists[code].entries]


def fittings(place, kind):
    return [fitting.name for fitting in stations(place).kinds[kind].fittings]


def test_the_five_localities_are_there():
    assert set(PLACES) <= set(folders())


@pytest.mark.parametrize("place", PLACES)
def test_each_says_whose_it_is(place):
    page = load(place).first_page
    assert (page.name, page.division, page.level) == PLACES[place]


@pytest.mark.parametrize("place", PLACES)
def test_each_has_an_english_word_for_everything_that_english_pages_name(place):
    preset = load(place)
    bodies, roles = preset.section(BodyRules).kinds.values(), preset.section(RoleRules).roles.values()
    kinds, receptions = stations(place).kinds.values(), stations(place).receptions.values()
    named = [*bodies, *(role for kind in bodies for role in kind.roles.values()), *roles, *kinds]
    named += [fitting for kind in kinds for fitting in kind.fittings if fitting.name is not TO_BE_FILLED]
    named += [reception for reception in receptions if reception.name]
    assert len(named) > 40
    assert [one.name for one in named if not (one.english or "").isascii() or not one.english] == []
    with override("en"):
        assert all(one.called == one.english for one in named)
    with override("zh-hant"):
        assert all(one.called == one.name for one in named)


@pytest.mark.parametrize("place", PLACES)
def test_each_stands_on_the_law(place):
    kinds = load(place).section(BodyRules).kinds
    congress, committee = kinds["congress"], kinds["standing_committee"]
    assert congress.term_years.value == committee.term_years.value == 5
    assert congress.quorum.value.is_met(2, 3)
    assert not committee.quorum.value.is_met(15, 30)
    assert "secretary_general" not in committee.roles_at("county")
    assert str(kinds["group"].least_members.article) == "《地方组织法》第43条第3款"


@pytest.mark.parametrize("place", PLACES)
def test_each_has_stations_and_papers_and_says_where_it_knows_them_from(place):
    preset = load(place)
    assert preset.section(StationRules).kinds
    assert all(paper.known_from for paper in preset.first_page.papers.values())


@pytest.mark.parametrize("place", PLACES)
def test_the_day_a_preset_begins_is_ours_and_said_to_be(place):
    assert f"{place}/preset.yaml" in {spot.file for spot in load(place).assumed if spot.key == "in_force"}


def test_dianjun_has_homes_stations_points_and_households_of_three_kinds():
    forms = {kind: str(rule.form) for kind, rule in stations("dianjun").kinds.items()}
    assert forms == {
        "home": "home",
        "station": "station",
        "point": "point",
        "residence_household": "household",
        "trade_household": "household",
        "business_household": "household",
    }


def test_dianjun_receives_on_the_5th_with_two_deputies_at_each_point():
    preset = load("dianjun")
    reception = preset.section(StationRules).receptions["monthly"]
    assert (preset.word("reception_day"), reception.at, reception.deputies) == ("5号见", ("point",), 2)
    assert reception.days.chinese() == "每月5日，遇节假日顺延"
    assert [key for key in ("days", "deputies", "moves", "hours", "notice") if reception.assumes(key)] == [
        "moves",
        "hours",
        "notice",
    ]


def test_dianjun_moves_the_5th_of_october_behind_the_holiday():
    days = stations("dianjun").receptions["monthly"].days
    assert next_after(days, date(2026, 9, 30), shipped_calendar()).held_on == date(2026, 10, 8)
    assert next_after(days, date(2026, 10, 31), shipped_calendar()).held_on == date(2026, 11, 5)


def test_dianjun_answers_online_messages_at_households_within_three_days():
    reply = stations("dianjun").online_reply
    assert reply.within == Span.parse("3天")
    assert {stations("dianjun").kinds[kind].form for kind in reply.at} == {"household"}


def test_dianjun_names_7_of_24_criteria_and_leaves_17_to_the_office():
    names = entries("dianjun", "model_criteria")
    assert (len(names), names.count(TO_BE_FILLED)) == (24, 17)
    assert stations("dianjun").kinds["point"].criteria == "model_criteria"


def test_dianjuns_six_contact_systems_are_left_to_the_office():
    assert entries("dianjun", "contact_systems") == [TO_BE_FILLED] * 6


def test_yanhe_fits_each_station_with_seven_things():
    names = ["固定场所", "统一标牌", "代表公示栏", "代表信箱", "主题活动", "工作台账", "履职档案"]
    assert fittings("yanhe", "station") == names


def test_yanhe_lets_each_station_set_its_market_days():
    assert stations("yanhe").receptions["market_days"].is_set_by_station


def test_yanhes_window_has_34_deputies_two_at_a_time_on_a_day_the_office_names():
    window = stations("yanhe").receptions["window"]
    assert (window.in_turn, window.deputies, window.days) == (34, 2, TO_BE_FILLED)


def test_yanhes_service_station_receives_on_tuesdays_and_analyses_on_the_14th():
    assert stations("yanhe").receptions["service_station"].days.chinese() == "每周二"
    assert stations("yanhe").kinds["service_station"].run_by == ("standing_committee",)
    assert load("yanhe").section(DayRules).days["joint_analysis"].days.chinese() == "每月14日"


def test_yanhes_registers_are_five_and_its_56789_is_left_to_the_office():
    assert len(entries("yanhe", "registers")) == 5
    lists = ("station_duties", "station_systems", "consultation_mechanisms", "supervision_tasks", "visitor_notes")
    assert [entries("yanhe", code) for code in lists] == [[TO_BE_FILLED] * count for count in (5, 6, 7, 8, 9)]


def test_yanhes_subdistrict_committees_have_five_members_or_more():
    figure = load("yanhe").section(BodyRules).kinds["subdistrict_committee"].least_members
    assert (figure.value, str(figure.article)) == (5, "《街道工委工作规则》由办公室填写")


def test_xunyang_fits_group_rooms_with_ten_things_of_which_two_are_named():
    names = fittings("xunyang", "group_room")
    assert (names[:2], names[2:]) == (["有专用房", "有办公设施"], [TO_BE_FILLED] * 8)


def test_xunyang_has_stations_at_three_levels():
    kinds = stations("xunyang").kinds
    levels = [kinds[kind].level for kind in ("city_station", "town_station", "village_point")]
    assert levels == ["county", "township", "village"]


def test_sanmen_collects_suggestions_on_the_20th_by_three_standards_and_three_steps():
    assert load("sanmen").section(DayRules).days["suggestion_collection"].days.chinese() == "每月20日"
    assert entries("sanmen", "suggestion_standards") == ["紧迫性", "广泛性", "重要性"]
    assert entries("sanmen", "suggestion_steps") == ["代表工作机构初审", "专工委联审", "主任会议审查"]
    assert TO_BE_FILLED not in entries("sanmen", "supervision_systems")


def test_sanmen_has_stations_for_voters_away_from_home_and_points_in_parks():
    assert {"away_station", "park_point"} <= set(stations("sanmen").kinds)


def test_changchun_has_workstations_of_deputies_of_all_levels():
    assert stations("changchun").name("workstation") == "代表工作站"
