"""The timeline of a thing or of a party, as people see it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import path

from config.urls import urlpatterns as product
from lianxin.ground.core.clock import now
from lianxin.ground.core.events import Party, Ref, annul, confirm, refuse
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Platform
from lianxin.ground.core.views.timeline import timeline_about, timeline_of, timeline_of_party
from tests.ground.core.builders import make_diary, make_visit, make_visits, person, visit

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
HOUSE, DEPUTY = new_id(), new_id()
NOON = datetime(2026, 11, 5, 4, 0, tzinfo=UTC)


def show(request, of: str) -> HttpResponse:
    """A page with a timeline, as any app has one."""
    timeline = (
        timeline_about(request, "household", HOUSE) if of == "house" else timeline_of_party(request, "mandate", DEPUTY)
    )
    return timeline.alone() if timeline.is_asked_for_alone else render(request, "base.html", {"timeline": timeline})


def bare(request, of: str) -> HttpResponse:
    timeline = (
        timeline_about(request, "household", HOUSE) if of == "house" else timeline_of_party(request, "mandate", DEPUTY)
    )
    return render(request, "components/timeline.html", {"timeline": timeline})


urlpatterns = [path("page/<of>/", show), path("bare/<of>/", bare), *product]


def told(client: Client, of: str = "house", query: str = "", **headers: str) -> str:
    response = client.get(f"/bare/{of}/{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def older(page: str) -> str:
    return page.partition('id="timeline-older" href="')[2].partition("#")[0]


@pytest.fixture(autouse=True)
def _this_year(travel):
    travel(datetime(2026, 11, 21, 4, 0, tzinfo=UTC))


def test_the_newest_comes_first_with_day_and_time(client):
    make_visit(household=HOUSE, at=NOON, by=person("李芳"))
    make_visit(household=HOUSE, at=NOON - timedelta(days=400), by=person("谭秋实"))
    page = told(client)
    assert page.index("11月5日12:00") < page.index("2025年10月1日12:00")
    assert page.index(">李芳</b>") < page.index(">谭秋实</b>")


def test_what_was_noted_another_day_says_so(client):
    make_visit(household=HOUSE, at=NOON)
    assert "11月21日补记" in told(client)
    assert "补记" not in told(client, "deputy")


def test_where_only_a_day_is_known_no_time_is_made_up(client):
    make_visit(household=HOUSE, at=datetime(2026, 11, 4, 16, 0, tzinfo=UTC))
    assert ">11月5日 <" in told(client)


def test_an_annulled_event_is_struck_and_says_why(client):
    annul(make_visit(household=HOUSE, at=NOON), by=person("谭秋实"), at=now(), reason="记错了<户>")
    page = told(client)
    assert "<del>" in page
    assert "谭秋实撤销：记错了&lt;户&gt;" in page


def test_whether_it_was_checked_stands_beside_it(client):
    events = make_visits(*[visit(household=HOUSE, at=NOON, checks=1) for _ in range(3)])
    confirm(events[0], by=person("赵岚"), at=now())
    refuse(events[1], by=person("赵岚"), at=now(), reason="没有照片")
    page = told(client)
    assert "等核实" in page
    assert ">赵岚核实<" in page
    assert "赵岚没有核实，不算数：没有照片" in page


def test_thirty_stand_on_a_page_and_the_link_leads_to_the_rest(client):
    make_visits(
        *[visit(household=HOUSE, at=NOON - timedelta(minutes=n), texts={"story": f"第{n}件事。"}) for n in range(120)]
    )
    seen, page = [], told(client)
    assert page.count('id="e-') == 30
    while True:
        seen += [int(part.partition("件")[0]) for part in page.split("：第")[1:]]
        if not older(page):
            break
        page = told(client, query=older(page).replace("&amp;", "&"))
    assert seen == list(range(120))
    assert "回到最新的" in page


def test_htmx_gets_the_timeline_alone(client):
    make_visits(*[visit(household=HOUSE, at=NOON) for _ in range(31)])
    response = client.get("/page/house/", headers={"HX-Request": "true", "HX-Target": "timeline-more"})
    assert response.content.decode().lstrip().startswith("<section")
    assert response["Cache-Control"] == "no-store"


def test_a_party_sees_its_events_once_each(client):
    roles = [Party("mandate", DEPUTY, "deputy"), Party("mandate", DEPUTY, "guest")]
    make_visit(parties=roles, at=NOON)
    make_visit(at=NOON)
    assert told(client, "deputy").count("<li") == 1


def test_a_party_walks_through_all_its_events(client):
    make_visits(*[visit(deputy=DEPUTY, at=NOON - timedelta(minutes=n)) for n in range(50)])
    first = told(client, "deputy")
    assert first.count("<li") == 31
    assert told(client, "deputy", older(first).replace("&amp;", "&")).count("<li") == 20


def test_a_thread_of_things_and_parties_walks_through_every_event_once_newest_first(rf):
    about_it = make_visits(*[visit(household=HOUSE, at=NOON - timedelta(minutes=2 * n)) for n in range(40)])
    roles = [Party("mandate", DEPUTY, "deputy"), Party("mandate", DEPUTY, "guest")]
    for_it = make_visits(*[visit(parties=roles, at=NOON - timedelta(minutes=2 * n + 1)) for n in range(40)])
    both = make_visits(visit(household=HOUSE, deputy=DEPUTY, at=NOON - timedelta(minutes=200)))
    make_visits(visit(at=NOON))
    refs = {"about": [Ref("household", HOUSE)], "parties": [Ref("mandate", DEPUTY)]}

    page = timeline_of(rf.get("/"), **refs)
    seen = [moment.id for moment in page.moments]
    while page.older:
        page = timeline_of(rf.get("/", {"older": page.older}), **refs)
        seen += [moment.id for moment in page.moments]

    wanted = [event.id for pair in zip(about_it, for_it, strict=True) for event in pair]
    assert seen == [*wanted, both[0].id]


def test_a_thread_can_be_narrowed_to_a_look(rf):
    make_visit(household=HOUSE, at=NOON)
    refs = {"about": [Ref("household", HOUSE)], "parties": [Ref("mandate", DEPUTY)]}
    assert len(timeline_of(rf.get("/", {"show": "people"}), **refs).moments) == 1
    assert not timeline_of(rf.get("/", {"show": "doc"}), **refs).moments


def test_names_that_the_page_knows_are_not_asked_for(rf, django_assert_num_queries):
    event = make_visit(household=HOUSE, deputy=DEPUTY, at=NOON, by=person("李芳"))
    known = {("mandate", str(DEPUTY)): "罗<青禾>", ("user", str(event.by_id)): "李芳"}
    with django_assert_num_queries(3):  # the events, parties and texts, measures
        (moment,) = timeline_about(rf.get("/"), "household", HOUSE, known=known).moments
    assert '<b translate="no">罗&lt;青禾&gt;</b>' in moment.sentence


def test_one_look_can_be_seen_alone(client):
    make_visit(household=HOUSE, at=NOON)
    assert told(client, query="?show=people").count("<li") == 1
    page = told(client, query="?show=doc")
    assert "这一类还没有记录" in page
    assert page.count('aria-current="true"') == 1


def test_an_empty_timeline_says_what_will_be_there(client):
    assert "办的每一件事都会记在这里" in told(client)


def test_a_garbled_link_begins_at_the_newest(client):
    make_visit(household=HOUSE, at=NOON)
    assert told(client, query="?older=2026&show=nothing").count("<li") == 1


@pytest.mark.parametrize(("of", "questions"), [("house", 4), ("deputy", 5)])
def test_a_full_page_costs_few_queries(client, django_assert_num_queries, of, questions):
    make_visits(*[visit(household=HOUSE, deputy=DEPUTY, at=NOON, by=person(f"张{n}")) for n in range(60)])
    Platform.objects.create(name="试点区", preset="test", county_code="420504", created_at=now())
    with django_assert_num_queries(
        questions
    ):  # events, parties and texts, measures; the platform; of a party what was said of them
        told(client, of)


def test_diaries_of_others_do_not_come_in(client):
    make_diary()
    assert "写了日记" not in told(client)
