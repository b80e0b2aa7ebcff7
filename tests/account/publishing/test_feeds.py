"""Feeds are valid Atom, read by a reader as it comes, tell nothing that the pages do not, and cost little to ask again."""

from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from lianxin.account.publishing import feeds, telling
from lianxin.affairs.opinions.actions import handling, judging, replying, sorting
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.models import Platform
from tests.affairs.opinions.builders import NOON, Office
from tests.affairs.stations.builders import make_station
from tests.ground.access.builders import make_user

pytestmark = pytest.mark.django_db
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
ATOM = {"a": "http://www.w3.org/2005/Atom"}
DAY = timedelta(days=1)


@pytest.fixture
def office(travel, platform_stays_known):
    travel(NOON + 5 * DAY)
    feeds._kept.clear()
    return Office()


def published(office, **facts):
    opinion = office.opinion(**facts)
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    return opinion


def answered(office, opinion, at=NOON + DAY, text="七盏灯都修好了。"):
    handling.hand_to_units(opinion, office.roads, by=office.clerk.pk, at=NOON)
    lead = Handover.objects.running().get(case=opinion.case_id, role="lead")
    draft = replying.draft(lead, by=office.clerk.pk, at=at, text=text, outcome="solved")
    replying.approve(lead, by=office.clerk.pk, at=at, edition=draft.edition)
    replying.send(lead, by=office.clerk.pk, at=at)


def read(client, address, **headers):
    """The feed as a reader reads it, after it was found valid."""
    response = client.get(address, **headers)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    document = etree.fromstring(response.content)
    assert SCHEMA.validate(document), SCHEMA.error_log
    for entry in document.findall("a:entry", ATOM):  # what the schema says in Schematron
        assert entry.findall("a:link[@rel='alternate']", ATOM) or entry.findall("a:content", ATOM)
        assert entry.findall("a:author", ATOM) or document.findall("a:author", ATOM)
    ids = [found.text for found in document.iterfind("a:entry/a:id", ATOM)]
    assert len(ids) == len(set(ids))
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    return parsed


@pytest.fixture
def everywhere(office):
    """One matter that stands in every feed, and the addresses of these."""
    station = make_station(office.village.parent, office.congress, name="石桥镇代表之家")
    opinion = published(
        office, station=station, subject="roads", title="七盏路灯不亮", words="路灯 <b>不亮</b> & 很黑。"
    )
    handling.hand_to_deputy(opinion, office.mandate, by=office.clerk.pk, at=NOON)
    handover = Handover.objects.running().get(case=opinion.case_id, party_kind="mandate")
    replying.answer_as_deputy(handover, "问过了，<i>下月</i>修。", by=office.clerk.pk, at=NOON + DAY)
    return opinion, [
        "/feeds/opinions.atom",
        f"/feeds/station/{station.pk}.atom",
        f"/feeds/deputy/{office.mandate.person_id}.atom",
        f"/feeds/case/{opinion.case.number}.atom",
    ]


def test_every_feed_is_valid_and_is_read(client, everywhere):
    opinion, addresses = everywhere
    for address in addresses:
        feed = read(client, address)
        entry = feed.entries[-1]
        assert entry.title == opinion.title
        assert entry.link == f"http://testserver/opinions/{opinion.case.number}/"
        assert entry.id.endswith(f":opinions/{opinion.case.number}")
        assert entry.id.startswith("tag:")
        assert feed.feed.author == Platform.current().name
        assert f"http://testserver{address}" in [link.href for link in feed.feed.links if link.rel == "self"]
        assert "问过了，&lt;i&gt;下月&lt;/i&gt;修。" in "".join(one.summary for one in feed.entries)
        assert "路灯 &lt;b&gt;不亮&lt;/b&gt; &amp; 很黑。" in entry.summary


def test_an_empty_feed_is_valid_and_does_not_change_by_itself(client, office):
    address = f"/feeds/station/{office.station.pk}.atom"
    feed = read(client, address)
    assert feed.entries == []
    assert feed.feed.updated_parsed == read(client, address).feed.updated_parsed
    assert client.get(address, headers={"if-none-match": client.get(address)["ETag"]}).status_code == 304


def test_a_feed_says_no_more_of_where_and_when_than_the_page(client, everywhere, office):
    opinion, addresses = everywhere
    quiet = published(office, spot="三组桥头", shown_name="老李", name="李大山", phone="13800001234")
    for address in addresses:
        told = client.get(address).content.decode()
        assert not any(word in told for word in (office.village.name, "三组桥头", "老李", "李大山", "1380000"))
        assert "2026-03-10" not in told  # the day on which both were told
        assert not any(
            str(one.pk) in told or str(one.case_id) in told for one in (opinion, quiet)
        )  # they hold a moment
    entry = next(one for one in read(client, "/feeds/opinions.atom").entries if one.id.endswith(quiet.case.number))
    assert entry.updated == "2026-03-01T00:00:00+08:00"


def test_what_is_not_public_stands_in_no_feed(client, office):
    hidden = published(office, visibility="staff")
    received = office.opinion()
    told = client.get("/feeds/opinions.atom").content.decode()
    for opinion in (hidden, received):
        assert opinion.case.number not in told
        assert client.get(f"/feeds/case/{opinion.case.number}.atom").status_code == 404


def test_what_is_hidden_later_is_gone_from_the_next_look(client, everywhere):
    opinion, addresses = everywhere
    etags = [client.get(address)["ETag"] for address in addresses]
    Opinion.objects.update(is_public=False)
    for address, etag in zip(addresses[:3], etags, strict=False):
        answer = client.get(address, headers={"if-none-match": etag})
        assert answer.status_code == 200
        assert opinion.case.number not in answer.content.decode()
    assert client.get(addresses[3]).status_code == 404


def test_an_answer_moves_its_matter_up_and_is_an_entry_of_its_own_feed(client, office):
    first, second = published(office, title="早说的"), published(office, title="晚说的")
    answered(office, first)
    everything = read(client, "/feeds/opinions.atom")
    assert [one.title for one in everything.entries] == ["早说的", "晚说的"]
    assert everything.feed.updated == everything.entries[0].updated == "2026-03-11T12:00:00+08:00"
    own = read(client, f"/feeds/case/{first.case.number}.atom")
    assert [one.title for one in own.entries] == ["交通运输局答复：已经解决", "早说的"]
    assert [one.title for one in read(client, f"/feeds/case/{second.case.number}.atom").entries] == ["晚说的"]


def test_who_asks_again_is_told_that_nothing_changed(client, everywhere):
    _opinion, addresses = everywhere
    for address in addresses:
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == "public, max-age=300"
        assert {"Cookie", "Accept-Language"} <= set(again["Vary"].split(", "))


def test_what_was_taken_away_is_gone_for_readers_that_ask_by_the_hour(client, everywhere):
    opinion, addresses = everywhere
    later = "Sat, 01 Jan 2028 00:00:00 GMT"
    assert not any(client.get(address).has_header("Last-Modified") for address in addresses)
    Opinion.objects.update(is_public=False)
    for address in addresses[:3]:
        answer = client.get(address, headers={"if-modified-since": later})
        assert answer.status_code == 200
        assert opinion.case.number not in answer.content.decode()


def test_many_answers_push_no_new_matter_out(client, office, monkeypatch):
    monkeypatch.setattr(telling, "LATEST", 2)
    for number in range(3):
        answered(office, published(office, title=f"早说的{number}"), at=NOON + DAY + timedelta(minutes=number))
    new = [published(office, title=f"晚说的{number}") for number in range(2)]
    titles = {one.title for one in read(client, "/feeds/opinions.atom").entries}
    assert titles == {"早说的1", "早说的2", *(one.title for one in new)}


def test_what_somebody_signed_in_reads_is_kept_nowhere(client, everywhere):
    client.force_login(make_user("某人"), backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in everywhere[1]:
        assert "no-store" in client.get(address)["Cache-Control"]


def test_what_residents_say_of_it_changes_the_feed(client, office):
    opinion = published(office)
    answered(office, opinion)
    etag = client.get("/feeds/opinions.atom")["ETag"]
    judging.rate(opinion, "yes", "yes", at=NOON + 2 * DAY)
    changed = client.get("/feeds/opinions.atom", headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert "反映人说解决了" in changed.content.decode()


@pytest.mark.parametrize(("position", "most"), [(0, 2), (1, 2), (2, 2), (3, 5)])
def test_asking_each_second_costs_a_query_or_two(client, everywhere, office, position, most):
    for _number in range(20):
        published(office)
    address = everywhere[1][position]
    headers = {"if-none-match": client.get(address)["ETag"]}
    for wanted in (headers, {}):
        with CaptureQueriesContext(connection) as asked:
            client.get(address, headers=wanted)
        assert len(asked) <= most


def test_a_long_history_costs_no_more_to_write(client, office):
    counted = []
    for more in (2, 20):
        for number in range(more):
            answered(office, published(office), at=NOON + DAY + timedelta(minutes=number))
        client.get("/feeds/opinions.atom")
        feeds._kept.clear()
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/feeds/opinions.atom").status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 4


def test_identifiers_are_the_same_under_every_name(client, everywhere, settings):
    settings.ALLOWED_HOSTS = ["renda.example", "testserver"]
    feeds._kept.clear()
    ids = [
        [one.id for one in read(client, "/feeds/opinions.atom", HTTP_HOST=host).entries]
        for host in settings.ALLOWED_HOSTS
    ]
    assert ids[0] == ids[1]
    assert ids[0][0].startswith("tag:renda.example,")


def test_pages_name_their_feed_and_link_it(client, everywhere, office):
    opinion, _addresses = everywhere
    pages = {
        "/": "/feeds/opinions.atom",
        "/opinions/": "/feeds/opinions.atom",
        f"/opinions/{opinion.case.number}/": f"/feeds/case/{opinion.case.number}.atom",
        office.mandate.person.get_absolute_url(): f"/feeds/deputy/{office.mandate.person_id}.atom",
        office.station.get_absolute_url(): f"/feeds/station/{office.station.pk}.atom",
    }
    for page, feed in pages.items():
        shown = client.get(page).content.decode()
        assert '<link rel="alternate" type="application/atom+xml" title="' in shown
        assert shown.count(f'href="{feed}"') == 2


def test_it_is_there_in_english(client, everywhere):
    feed = read(client, "/feeds/opinions.atom", headers={"accept-language": "en"})
    assert feed.feed.language == "en"
    assert feed.feed.title == "What people say"


def test_only_looking_is_possible(client, everywhere):
    for address in everywhere[1]:
        assert client.post(address).status_code == 405
