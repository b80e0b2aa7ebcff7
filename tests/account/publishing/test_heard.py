"""What a deputy and a station heard stands on their pages: what is public alone, and never where it gives a village away."""

import pytest

from lianxin.affairs.opinions.actions import handling, replying, sorting
from lianxin.ground.cases.models import Handover
from tests.affairs.opinions.builders import NOON, Office
from tests.affairs.stations.builders import make_station
from tests.ground.people.builders import make_district, make_mandate, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(travel):
    travel(NOON)
    return Office()


@pytest.fixture
def mandate(office):
    """A deputy elected in one village."""
    district = make_district(office.congress, office.village)
    return make_mandate(office.congress, make_person("罗青禾"), district=district)


def told_to(mandate, office, **facts):
    """An opinion that was told to the deputy and taken."""
    opinion = office.opinion(**facts)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    handling.hand_to_deputy(opinion, mandate, by=office.clerk.pk, at=NOON)
    return opinion


def explain(opinion, office):
    handover = Handover.objects.running().get(case=opinion.case_id, party_kind="mandate")
    replying.answer_as_deputy(handover, "问过了，下月修。", by=office.clerk.pk, at=NOON)


def shown(client, thing, more=False):
    answer = client.get(f"{thing.get_absolute_url()}{'heard/' if more else ''}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_the_deputy_answered_is_listed_with_what_became_of_it(office, client, mandate):
    opinion = told_to(mandate, office, title="路灯不亮")
    explain(opinion, office)
    for more in (False, True):
        page = shown(client, mandate.person, more)
        assert opinion.case.number in page
        assert "这位代表答复了" in page
        assert "代表说作了说明" in page


def test_a_matter_that_would_name_its_village_is_not_listed(office, client, mandate):
    opinion = told_to(mandate, office)
    for more in (False, True):
        assert opinion.case.number not in shown(client, mandate.person, more)


def test_whose_author_signed_by_name_is_listed_while_the_deputy_has_it(office, client, mandate):
    opinion = told_to(mandate, office, visibility="named", shown_name="老王")
    page = shown(client, mandate.person)
    assert opinion.case.number in page
    assert "在这位代表手上" in page
    assert "老王" not in page


def test_a_deputy_of_a_whole_township_gives_no_village_away(office, client):
    district = make_district(office.congress, office.village.parent, number="2", name="全镇选区")
    wide = make_mandate(office.congress, make_person("向晚亭"), district=district)
    opinion = told_to(wide, office)
    handover = Handover.objects.running().get(case=opinion.case_id, party_kind="mandate")
    handling.take_up(handover, by=office.clerk.pk, at=NOON)
    page = shown(client, wide.person)
    assert opinion.case.number in page
    assert "这位代表认领了，正在跟" in page
    assert office.village.name not in page.partition("听到的事")[2]


def test_what_was_told_at_a_villages_station_is_not_listed_with_a_deputy_of_the_township(office, client):
    district = make_district(office.congress, office.village.parent, number="2", name="全镇选区")
    wide = make_mandate(office.congress, make_person("向晚亭"), district=district)
    town = make_station(office.village.parent, office.congress)
    narrow, open_to_all, signed = (
        told_to(wide, office, station=office.station),
        told_to(wide, office, station=town),
        told_to(wide, office, station=office.station, visibility="named", shown_name="老王"),
    )
    for more in (False, True):
        page = shown(client, wide.person, more)
        assert narrow.case.number not in page
        assert open_to_all.case.number in page
        assert signed.case.number in page


def test_what_is_not_public_is_listed_nowhere(office, client, mandate):
    opinion = told_to(mandate, office, visibility="staff")
    explain(opinion, office)
    for more in (False, True):
        assert opinion.case.number not in shown(client, mandate.person, more)


def test_what_was_handed_over_by_mistake_was_never_theirs(office, client, mandate):
    opinion = told_to(mandate, office, visibility="named", shown_name="老王")
    Handover.objects.filter(case=opinion.case_id, party_kind="mandate").update(ended_at=NOON, ending="undone")
    assert opinion.case.number not in shown(client, mandate.person)


def test_no_page_of_a_deputy_ranks_or_counts_absences(office, client, mandate):
    explain(told_to(mandate, office), office)
    page = shown(client, mandate.person).partition("<main")[2].partition("</main>")[0]
    assert not any(word in page for word in ("名次", "排名", "缺席", "得分", "第1名"))


def test_the_deputys_page_says_where_one_meets_them_next(office, client, mandate):
    office.station.post(mandate, on=NOON.date(), by=None, at=NOON)
    page = shown(client, mandate.person)
    assert "在哪里见得到" in page
    assert office.station.get_absolute_url() in page
    assert "下次接待" in page


def test_whoever_never_was_a_deputy_has_no_such_part(office, client):
    person = make_person("易南乔")
    assert "听到的事" not in shown(client, person)
    assert client.get(f"{person.get_absolute_url()}heard/").status_code == 404


def test_at_the_station_of_a_township_everything_public_is_listed(office, client):
    home = make_station(office.village.parent, office.congress, name="石桥镇代表之家")
    opinion = office.opinion(station=home)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    for more in (False, True):
        assert opinion.case.number in shown(client, home, more)


def test_at_the_station_of_a_village_only_what_was_signed_by_name(office, client):
    quiet = office.opinion(station=office.station)
    signed = office.opinion(station=office.station, visibility="named", shown_name="老王")
    for opinion in (quiet, signed):
        sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    for more in (False, True):
        page = shown(client, office.station, more)
        assert signed.case.number in page
        assert quiet.case.number not in page


def test_a_long_list_goes_on_page_by_page(office, client, mandate):
    numbers = []
    for _number in range(6):
        opinion = told_to(mandate, office)
        explain(opinion, office)
        numbers.append(opinion.case.number)
    page = shown(client, mandate.person)
    assert sum(number in page for number in numbers) == 5
    assert f"{mandate.person.get_absolute_url()}heard/" in page
    assert all(number in shown(client, mandate.person, more=True) for number in numbers)


def test_only_looking_is_possible(office, client, mandate):
    assert client.post(f"{mandate.person.get_absolute_url()}heard/").status_code == 405
