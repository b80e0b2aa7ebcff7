"""Joint meetings: the days of bodies, what was decided about each matter, who sat there, and who sees it."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianxin.affairs.opinions.actions import handling, replying, sorting, telling
from lianxin.affairs.opinions.errors import NotYetMet, RecordedMeanwhile
from lianxin.affairs.opinions.meetings import matters
from lianxin.affairs.opinions.models import Meeting, Opinion
from lianxin.affairs.opinions.routing import Complaint
from lianxin.ground.access.models import Grant
from lianxin.ground.cases.models import Case, Step
from lianxin.ground.core.clock import travel
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Region
from tests.affairs.opinions.builders import NOON, make_opinion
from tests.affairs.opinions.meeting_people import MET, ON, SAT, clerk_of, listed, met
from tests.affairs.opinions.unit_people import browser
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_congress, make_county

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
DAYS = "/desk/opinions/meetings/"


@pytest.fixture(autouse=True)
def _on_the_day():
    with travel(MET):
        yield


@pytest.fixture
def clerk(office):
    return clerk_of(office)


def page_of(office, on=ON):
    return reverse("opinions:meeting", args=[office.congress.pk, on])


def decided(office, opinion, on=ON):
    """What stands under 怎么定的 for an opinion."""
    found = {one.opinion.pk: one.decision for one in matters(office.congress.pk, on, Opinion.objects.all())}
    return found[opinion.pk].what, found[opinion.pk].on


def again(opinion):
    return Opinion.objects.with_case().get(pk=opinion.pk)


def test_what_is_not_decided_yet_says_so(office):
    assert decided(office, listed(office)) == ("还没有定", None)


def test_it_went_to_a_unit_that_leads_and_to_others_that_help(office):
    alone, together, by = listed(office), listed(office), office.clerk.pk
    handling.hand_to_units(again(alone), office.roads, by=by, at=MET)
    handling.hand_to_units(again(together), office.roads, [office.housing], by=by, at=MET)
    assert decided(office, alone) == ("交交通运输局主办", ON)
    assert decided(office, together) == ("交交通运输局主办，住房和城乡建设局协办", ON)


def test_who_helps_later_was_not_decided_there(office):
    opinion, by = listed(office), office.clerk.pk
    handling.hand_to_units(again(opinion), office.roads, by=by, at=MET)
    handling.hand_to_units(again(opinion), office.housing, by=by, at=MET + timedelta(hours=1))
    assert decided(office, opinion) == ("交交通运输局主办", ON)


def test_it_went_to_a_deputy_was_declined_answered_or_merged(office):
    deputy, none, answered, merged = (listed(office) for _one in range(4))
    told = {"by": office.clerk.pk, "at": MET + timedelta(days=1)}
    handling.hand_to_deputy(again(deputy), office.mandate, **told)
    sorting.decline(again(none), "private", "两家之间的事。", **told)
    replying.answer_now(again(answered), "已经修好。", "solved", **told)
    sorting.merge(again(merged), again(deputy), **told)
    on = date(2026, 3, 13)
    assert decided(office, deputy) == (f"转{office.mandate.person.name}代表", on)
    what, day = decided(office, none)
    assert (what.startswith("不收："), day) == (True, on)
    assert "private" not in what
    assert decided(office, answered) == ("当场答复：已经解决", on)
    assert decided(office, merged) == (f"并到{deputy.case.number}", on)


def test_it_was_put_on_another_day_and_stands_on_both(office):
    opinion, later = listed(office), date(2026, 4, 14)
    sorting.list_for_meeting(again(opinion), later, by=office.clerk.pk, at=MET)
    assert decided(office, opinion) == ("改到2026年4月14日的集中研判", ON)
    assert decided(office, opinion, later) == ("还没有定", None)
    sorting.list_for_meeting(again(opinion), ON, by=office.clerk.pk, at=MET + timedelta(hours=1))
    assert decided(office, opinion) == ("还没有定", None)
    assert len(matters(office.congress.pk, ON, Opinion.objects.all())) == 1


def test_it_was_passed_to_another_office(office):
    opinion = listed(office)
    township = make_congress(office.village.parent, "township")
    sorting.pass_up(again(opinion), township.pk, by=office.clerk.pk, at=MET)
    assert decided(office, opinion) == (f"转{township.name}", ON)


def test_whoever_withdrew_took_it_off_the_table(office):
    opinion = listed(office)
    telling.withdraw(again(opinion), at=MET)
    assert decided(office, opinion) == ("反映人撤回，不再办", ON)


def test_what_was_taken_back_within_the_minute_was_never_decided_nor_listed(office):
    handed, by = listed(office), office.clerk.pk
    unlisted = listed(office, at=MET)
    sorting.undo(Step.objects.get(case=unlisted.case).pk, by=by, at=MET)
    handling.hand_to_units(again(handed), office.roads, by=by, at=MET)
    sorting.undo(Step.objects.filter(case=handed.case).latest("taken_at").pk, by=by, at=MET)
    assert decided(office, handed) == ("还没有定", None)
    assert [one.opinion.pk for one in matters(office.congress.pk, ON, Opinion.objects.all())] == [handed.pk]


def test_what_was_merged_and_parted_again_was_merged_there(office):
    opinion, into = listed(office), office.opinion()
    sorting.merge(again(opinion), into, by=office.clerk.pk, at=MET)
    sorting.split(again(opinion), by=office.clerk.pk, at=MET + timedelta(hours=1))
    assert decided(office, opinion) == (f"并到{into.case.number}", ON)


def test_a_day_stays_when_all_was_decided_and_says_how_much_is_left(clerk, office):
    first, _second = listed(office), listed(office)
    ahead = date(2026, 4, 14)
    listed(office, ahead)
    handling.hand_to_units(again(first), office.roads, by=office.clerk.pk, at=MET)
    with travel(MET + timedelta(days=3)):
        days = clerk.get(DAYS).content.decode()
        assert days.index("2026年4月14日") < days.index("2026年3月12日")
        assert "2件，1件还没有定，还没有记会议" in days
        assert office.congress.name in days
        assert page_of(office) in days
        met(office)
        assert "章谷雨（副主任）主持" in clerk.get(DAYS).content.decode()
        assert "1件还没有定" in clerk.get(page_of(office)).content.decode()


def test_older_years_stand_behind_tabs(clerk, office):
    with travel(NOON - timedelta(days=30)):
        opinion = make_opinion(office.village)
        sorting.list_for_meeting(opinion, date(2026, 2, 14), by=office.clerk.pk, at=NOON - timedelta(days=30))
    assert "最近一年" not in clerk.get(DAYS).content.decode()
    with travel(MET + timedelta(days=500)):
        page = clerk.get(DAYS).content.decode()
        assert "还没有列入的" in page
        assert "2026年2月14日" in clerk.get(DAYS, {"year": "2026"}).content.decode()
        assert "?year=2026" in page
    assert clerk.get(DAYS, {"year": "none"}).status_code == 200


def test_who_sat_there_is_written_down_on_the_page_and_put_right(clerk, office):
    opinion, page = listed(office, title="路灯"), page_of(office)
    form = clerk.get(page).context["form"]
    assert form["edition"].value() == 0
    assert clerk.post(page, SAT | {"edition": 0})["Location"] == page
    shown = clerk.get(page).content.decode()
    assert all(word in shown for word in ("章谷雨（副主任）", "县人民政府：罗青禾<br>县人民法院", "三楼会议室", "路灯"))
    assert opinion.case.number in shown
    assert clerk.post(page, SAT | {"chair": "罗青禾（主任）", "edition": 1})["Location"] == page
    meeting = Meeting.objects.get()
    assert (meeting.chair, meeting.edition, meeting.recorded_by) == ("罗青禾（主任）", 2, office.clerk.pk)
    told = Event.objects.about("meeting", meeting.pk).order_by("pk").values_list("kind", flat=True)
    assert list(told) == ["opinions.meeting_held", "opinions.meeting_corrected"]


def test_a_day_without_matters_says_how_one_gets_there_as_long_as_one_can(clerk, office):
    assert "选这一天，就列在这里" in clerk.get(page_of(office)).content.decode()
    assert "会期过了，不能再列入" in clerk.get(page_of(office, date(2026, 3, 11))).content.decode()


def test_the_same_said_twice_is_said_once(clerk, office):
    for _time in range(2):
        assert clerk.post(page_of(office), SAT | {"edition": 0}).status_code == 302
    assert Event.objects.filter(kind__startswith="opinions.meeting_").count() == 1


def test_who_was_slower_is_told_and_changes_nothing(clerk, office):
    met(office)
    answer = clerk.post(page_of(office), SAT | {"chair": "别人", "edition": 0})
    assert answer.status_code == 422
    assert "别人记过这次会" in answer.content.decode()
    assert Meeting.objects.get().chair == SAT["chair"]
    with pytest.raises(RecordedMeanwhile):
        Meeting.of(office.congress, ON).lay_down(**SAT | {"place": ""}, by=office.clerk.pk, at=MET, edition=7)


def test_before_its_day_there_is_nothing_to_record(clerk, office):
    listed(office)
    with travel(NOON):
        assert "会还没有开" in clerk.get(page_of(office)).content.decode()
        answer = clerk.post(page_of(office), SAT | {"edition": 0})
        assert answer.status_code == 422
        assert "2026年3月12日的会还没有开" in answer.content.decode()
        with pytest.raises(NotYetMet):
            Meeting.of(office.congress, ON).lay_down(**SAT, by=office.clerk.pk, at=NOON)
    assert not Meeting.objects.exists()


def test_a_complaint_is_told_of_beside_the_sheet_and_never_on_it(clerk, office):
    complaint = listed(office, words="接待日门都没有开。", complaint=Complaint.of(office.station))
    page = clerk.get(page_of(office)).content.decode()
    assert "另有1件投诉" in page
    assert complaint.case.number in page
    assert "门都没有开" not in page
    assert "<table" not in page


def test_a_sheet_without_words_says_that_they_are_gone(clerk, office):
    opinion = listed(office, title="我家门口")
    telling.expire_words(again(opinion), at=MET)
    page = clerk.get(page_of(office)).content.decode()
    assert "原话已销毁" in page
    assert "我家门口" not in page


def test_of_a_matter_whose_author_withdrew_the_sheet_has_the_words_of_the_others(clerk, office):
    opinion, other = listed(office, title="甲说的"), office.opinion(title="乙说的")
    sorting.merge(other, again(opinion), by=office.clerk.pk, at=MET)
    telling.withdraw(again(opinion), at=MET)
    page = clerk.get(page_of(office)).content.decode()
    assert "乙说的" in page
    assert "甲说的" not in page


def test_the_office_of_another_county_finds_no_meeting(clerk, office):
    listed(office)
    other = make_user("远山")
    make_grant(other, "office_clerk", Grant.Scope.PLACE, make_county("远山县").pk)
    with travel(MET + timedelta(days=1)):
        meeting = met(office)
        for address in (page_of(office), reverse("opinions:meeting_record", args=[meeting.pk])):
            assert browser(other).get(address).status_code == 404
        assert browser(other).post(page_of(office), SAT | {"edition": 1}).status_code == 404
        assert "2026年3月12日" not in browser(other).get(DAYS).content.decode()


def test_a_township_reads_its_own_matters_of_the_county_s_meeting_and_records_nothing(office):
    own, township = listed(office), office.village.parent
    elsewhere = Region.objects.filter(level="village").exclude(parent=township).first()
    other = make_opinion(elsewhere, NOON)
    sorting.list_for_meeting(other, ON, by=office.clerk.pk, at=NOON)
    user = make_user("镇里")
    make_grant(user, "township_clerk", Grant.Scope.PLACE, township.pk)
    record = reverse("opinions:meeting_record", args=[met(office).pk])
    page = browser(user).get(page_of(office)).content.decode()
    assert own.case.number in page
    assert other.case.number not in page
    assert "主持人" not in page
    assert record not in page
    assert browser(user).post(page_of(office), SAT | {"edition": 1}).status_code == 403
    assert browser(user).get(record).status_code == 404


def test_two_bodies_meet_on_one_day_apart(clerk, office):
    county, township = listed(office), make_congress(office.village.parent, "township")
    own = office.opinion()
    Case.objects.filter(pk=own.case_id).update(body=township)
    sorting.list_for_meeting(again(own), ON, by=office.clerk.pk, at=NOON)
    days = clerk.get(DAYS).content.decode()
    assert days.count("2026年3月12日") == 2
    sheet = clerk.get(reverse("opinions:meeting", args=[township.pk, ON])).content.decode()
    assert own.case.number in sheet
    assert county.case.number not in sheet


@pytest.mark.usefixtures("platform_stays_known")
@pytest.mark.parametrize("many", [0, 4, 200])
def test_the_sheet_asks_as_little_of_much_as_of_little(clerk, office, many):
    met(office)
    told = [listed(office) for _number in range(many)]
    for number, one in enumerate(told):
        if number % 4 == 0:
            handling.hand_to_units(again(one), office.roads, [office.housing], by=office.clerk.pk, at=MET)
        elif number % 4 == 1:
            handling.hand_to_deputy(again(one), office.mandate, by=office.clerk.pk, at=MET)
        elif number % 4 == 2:
            sorting.decline(again(one), "private", "两家之间的事。", by=office.clerk.pk, at=MET)
    asked = [_questions(clerk, address) for address in (page_of(office), DAYS)]
    assert asked == [13 if many else 7, 8]
    assert len(re.findall("<tr>", clerk.get(page_of(office)).content.decode())) == (many + 1 if many else 0)


def _questions(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
