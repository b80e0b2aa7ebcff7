"""The inbox: what lies in which view, how it is filtered, and who sees what of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lianxin.affairs.opinions import inbox, near
from lianxin.affairs.opinions.actions import handling, sorting
from lianxin.affairs.opinions.models import Channel, Opinion, SavedView
from lianxin.affairs.opinions.routing import Complaint
from lianxin.affairs.opinions.waiting import unsorted
from lianxin.ground.access.models import Grant
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.core.clock import day_of, travel
from tests.affairs.opinions.builders import NOON, make_opinion
from tests.ground.access.builders import make_grant, make_user
from tests.ground.people.builders import make_county

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
DAY = timedelta(days=1)
INBOX = "/desk/opinions/"


@pytest.fixture(autouse=True)
def _at_noon():
    with travel(NOON):
        yield


@pytest.fixture
def clerk(office, client):
    """The office's own clerk, signed in."""
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    client.force_login(office.clerk)
    return client


def counted(office, at=NOON):
    return inbox.counts(Opinion.objects.all(), day_of(at))


def titles(page):
    return [row.title for row in page.context["rows"]]


def test_what_came_in_is_new_until_it_is_taken(office):
    opinion = office.opinion()
    assert counted(office)["new"] == 1
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    assert (counted(office)["new"], counted(office)["assign"], counted(office)["open"]) == (0, 1, 1)


def test_every_view_counts_what_it_lists(office):
    for number in range(3):
        office.opinion(words=f"第{number}条路的灯不亮，晚上看不见。")
    taken, asked, private, given = (office.opinion(words=words) for words in ("灯", "灯灯", "电话13800001234", "水"))
    sorting.accept(taken, by=office.clerk.pk, at=NOON)
    sorting.ask_more(asked, "哪一盏？", by=office.clerk.pk, at=NOON)
    handling.hand_to_units(given, office.roads, by=office.clerk.pk, at=NOON)
    handling.ask_return(Handover.objects.running().get(case=given.case_id), "不归我们", by=office.clerk.pk, at=NOON)
    office.opinion(mandate=office.mandate)
    day = day_of(NOON + 3 * DAY)
    numbers = inbox.counts(Opinion.objects.all(), day)
    listed = {code: inbox.Sieve(view=code).of_seen(Opinion.objects.all(), day).count() for code in numbers}
    assert numbers == listed
    assert {code: numbers[code] for code in ("new", "author", "private", "returned", "units", "deputies", "today")} == {
        "new": 4,
        "author": 1,
        "private": 1,
        "returned": 1,
        "units": 1,
        "deputies": 1,
        "today": 5,
    }


def test_what_is_late_with_a_deputy_is_stuck(office):
    office.opinion(mandate=office.mandate)
    assert (counted(office)["stuck"], counted(office, NOON + 8 * DAY)["stuck"]) == (0, 1)


def test_the_oldest_stands_first_and_an_ended_one_last(clerk, office):
    with travel(NOON - DAY):
        first = office.opinion(title="先来的", words="先来的一件")
    office.opinion(title="后来的", words="后来的一件")
    assert titles(clerk.get(INBOX))[0] in ("先来的", "后来的")
    sorting.decline(first, "private", "个人之间的事", by=office.clerk.pk, at=NOON)
    assert titles(clerk.get(INBOX)) == ["后来的"]
    assert titles(clerk.get(f"{INBOX}?view=ended")) == ["先来的"]


def test_it_is_filtered_by_place_subject_channel_and_words(clerk, office):
    office.opinion(title="灯不亮", subject="roads", channel="call")
    office.opinion(title="水发黄", subject="water")
    for query, found in {
        "subject=water": ["水发黄"],
        "channel=call": ["灯不亮"],
        "q=灯不": ["灯不亮"],
        "q=2603-0002": ["水发黄"],
        "township=000": [],
        f"township={office.village.parent.code}&q=水": ["水发黄"],
        "channel=nonsense": ["灯不亮", "水发黄"],
    }.items():
        assert sorted(titles(clerk.get(f"{INBOX}?view=new&{query}"))) == sorted(found), query


def test_the_page_says_by_what_it_is_filtered(clerk, office):
    opinion = office.opinion(title="灯不亮", subject="water", channel="call")
    township = office.village.parent
    page = clerk.get(f"{INBOX}?view=new&township={township.code}&channel=call&q=灯").content.decode()
    told = page.partition('class="sieved')[2].partition("</p>")[0]
    assert f"<b>{township.called}</b>" in told
    assert f"<b>{Channel.CALL.label}</b>" in told
    assert "“灯”" in told
    assert opinion.case.number in page


def test_a_line_says_the_day_by_which_it_is_listed(clerk, office):
    opinion = make_opinion(office.village, NOON - 3 * DAY)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON - DAY)
    sorting.redact(opinion, ["七盏"], "太细", by=office.clerk.pk, at=NOON)
    (row,) = clerk.get(f"{INBOX}?view=assign").context["rows"]
    assert (row.when, row.stage) == ("3月7日", "收下了")
    sorting.decline(opinion, "private", "个人之间的事", by=office.clerk.pk, at=NOON)
    (row,) = clerk.get(f"{INBOX}?view=ended").context["rows"]
    assert (row.when, row.stage) == ("3月10日", Case.Stage.ENDED.label)


def test_one_is_read_beside_the_list_without_scripts(clerk, office):
    opinion = office.opinion(words="我叫王秀兰，路灯坏了。")
    page = clerk.get(f"{INBOX}?open={opinion.pk}")
    assert page.context["reading"].opinion == opinion
    assert "<mark" in page.content.decode()
    assert reverse("opinions:act", args=[opinion.pk, "accept"]) in page.content.decode()


def test_htmx_gets_the_reading_pane_alone(clerk, office):
    opinion = office.opinion()
    part = clerk.get(
        reverse("opinions:opinion", args=[opinion.pk]), headers={"HX-Request": "true", "HX-Target": "read"}
    )
    assert part.content.decode().lstrip().startswith('<section class="read"')


def test_new_arrivals_are_told_in_a_line_and_not_put_into_the_list(clerk, office):
    office.opinion()
    as_of = clerk.get(INBOX).context["as_of"]
    told = clerk.get(f"{INBOX}arrived/", {"view": "new", "as_of": as_of})
    assert told.content.strip() == b""
    with travel(NOON + timedelta(minutes=5)):
        make_opinion(office.village, words="又一件")
        told = clerk.get(f"{INBOX}arrived/", {"view": "new", "as_of": as_of}).content.decode()
    assert "又来了1件" in told
    assert "又一件" not in told
    assert clerk.get(f"{INBOX}arrived/", {"as_of": "made up"}).status_code == 204


def test_a_complaint_about_a_station_is_hidden_from_its_keeper(office, client):
    keeper = make_user("罗站长")
    make_grant(keeper, "station_keeper", Grant.Scope.STATION, office.station.pk)
    client.force_login(keeper)
    seen = office.opinion(station=office.station, title="灯不亮")
    hidden = office.opinion(station=office.station, title="没有人值班", complaint=Complaint.of(office.station))
    assert titles(client.get(f"{INBOX}?view=open")) == ["灯不亮"]
    assert 'view=open">没办完的 <b class="num">1</b>' in client.get(INBOX).content.decode()
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get(reverse("opinions:near", args=[hidden.pk])).status_code == 404
    assert "没有人值班" not in client.get(reverse("opinions:near", args=[seen.pk])).content.decode()


def test_whom_a_complaint_is_about_stands_beside_it(clerk, office):
    complaint = office.opinion(title="没有人值班", complaint=Complaint.of(office.station))
    assert f"投诉{office.station.name}" in clerk.get(complaint.get_absolute_url()).content.decode()


def test_views_are_kept_under_a_name_and_counted_when_asked(clerk, office):
    office.opinion(subject="roads")
    saved = clerk.post(f"{INBOX}views/", {"name": "道路", "query": "view=open&subject=roads&evil=1"})
    assert saved["Location"] == f"{INBOX}?view=open&subject=roads"
    one = SavedView.objects.get()
    assert one.query == "view=open&subject=roads"
    assert clerk.get(reverse("opinions:count_view", args=[one.pk])).content == b"1"
    clerk.post(f"{INBOX}views/", {"name": "道路", "query": "view=late"})
    assert SavedView.objects.get().query == "view=late"
    clerk.post(reverse("opinions:drop_view", args=[one.pk]))
    assert not SavedView.objects.exists()


def test_nobody_counts_or_drops_the_view_of_another(clerk, office):
    other = SavedView.objects.create(user=make_user(), name="别人的", query="view=open")
    assert clerk.get(reverse("opinions:count_view", args=[other.pk])).status_code == 404
    assert clerk.post(reverse("opinions:drop_view", args=[other.pk])).status_code == 404


def test_near_ones_name_their_reasons(clerk, office):
    with travel(NOON - 12 * DAY):
        make_opinion(office.village, words="小学门口路灯不亮，放学看不见路。")
        make_opinion(office.village, words="医保报销要跑三趟。")
    opinion = office.opinion()
    [found] = near.nearest(opinion, Opinion.objects.all())
    assert found.reasons[0] == "同一个地方"
    assert "路灯" in found.reasons[1]
    assert found.reasons[2] == "早12天"
    assert f"{found.percent}<small>%" in clerk.get(reverse("opinions:near", args=[opinion.pk])).content.decode()


def test_what_is_told_twice_is_marked_as_perhaps_the_same(office):
    office.opinion()
    second, other = office.opinion(), office.opinion(words="医保报销要跑三趟。")
    assert near.compare(NOON) == 3
    assert near.compare(NOON) == 0
    marked = Opinion.objects.filter(is_alike=True)
    assert second in marked
    assert other not in marked


def test_a_desk_is_told_what_waits(office):
    assert unsorted(office.clerk) is None
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    office.clerk.__dict__.pop("_grants_in_force", None)
    assert unsorted(office.clerk) is None
    office.opinion()
    waiting = unsorted(office.clerk)
    assert waiting.title == "1件新来的意见"
    assert waiting.href == f"{INBOX}?view=new"


def test_whoever_sorts_nothing_reads_why_not(office, client):
    leader = make_user("领导")
    make_grant(leader, "leader", Grant.Scope.PLACE, office.county.pk)
    client.force_login(leader)
    page = client.get(INBOX)
    assert page.status_code == 403
    assert "看群众意见" in page.content.decode()
    assert client.get(office.opinion().get_absolute_url()).status_code == 403


def test_another_county_does_not_know_of_it(office, client):
    stranger = make_user("外县")
    make_grant(stranger, "office_clerk", Grant.Scope.PLACE, make_county("远山县").pk)
    client.force_login(stranger)
    opinion = office.opinion()
    assert titles(client.get(f"{INBOX}?view=open")) == []
    assert client.get(opinion.get_absolute_url()).status_code == 404
    assert client.post(reverse("opinions:act", args=[opinion.pk, "accept"]), {"edition": 0}).status_code == 404
