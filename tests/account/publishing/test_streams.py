"""Live streams: a link to a host of the rules, shown as live while it goes on."""

import re
from datetime import timedelta

import pytest

from lianxin.account.publishing.errors import ChangedMeanwhile, OtherHost, StreamReversed
from lianxin.account.publishing.models import Stream
from lianxin.ground.core.clock import now
from tests.account.publishing.newsroom import Newsroom
from tests.affairs.opinions.builders import NOON, Office

pytestmark = pytest.mark.django_db
LINK = "https://live.bilibili.com/123"
HOUR = timedelta(hours=1)


@pytest.fixture
def room(travel):
    travel(NOON)
    office = Office()
    return Newsroom(office.congress, office.county)


def text(page):
    return re.sub(r"<[^>]*>|\s+", " ", page.content.decode())


def streamed(room, link=LINK, begins=HOUR, ends=3 * HOUR):
    made = room.draft("常委会会议直播")
    told = {"by": room.writer.pk, "at": now()}
    Stream.lead_to(made.announcement, link, now() + begins, now() + ends, **told)
    return made


@pytest.mark.parametrize(
    "link",
    [
        "http://live.bilibili.com/123",
        "https://live.bilibili.com.evil.example/1",
        "https://evil.example/live.bilibili.com",
        "https://live.bilibili.com@evil.example/1",
        "https://u:p@live.bilibili.com/1",
        "javascript:alert(1)",
    ],
)
def test_a_stream_is_at_a_host_of_the_rules_alone(room, link):
    with pytest.raises(OtherHost, match="live.bilibili.com"):
        streamed(room, link)
    assert not Stream.objects.exists()


def test_it_ends_after_it_begins_and_is_set_while_words_are_written(room):
    with pytest.raises(StreamReversed):
        streamed(room, begins=2 * HOUR, ends=HOUR)
    made = room.published()
    with pytest.raises(ChangedMeanwhile):
        Stream.lead_to(made.announcement, LINK, now(), now() + HOUR, by=room.writer.pk, at=now())


def test_it_is_announced_live_and_over(room, client, travel):
    made = streamed(room)
    made.submit(edition=made.edition, by=room.writer.pk, at=now())
    made.publish({}, edition=made.edition, by=room.reviewer.pk, at=now())
    address = made.announcement.public_url
    ahead = client.get(address)
    assert "正在直播" not in text(ahead)
    assert f'href="{LINK}"' in ahead.content.decode()
    travel(2 * HOUR)
    assert "正在直播" in text(client.get(address))
    travel(2 * HOUR)
    over = client.get(address)
    assert "直播已经结束" in text(over)
    assert LINK not in over.content.decode()


def test_by_the_form_it_is_set_and_set_anew(room):
    made = room.draft("常委会会议直播")
    browser, address = room.browser(room.writer), f"/desk/news/{made.announcement_id}/stream/"
    told = {"link": "https://evil.example/1", "starts_at": "2026-03-12T09:00", "ends_at": "2026-03-12T11:00"}
    refused = browser.post(address, told)
    assert refused.status_code == 422
    assert "只能是这些网站的" in text(refused)
    browser.post(address, told | {"link": LINK})
    browser.post(address, told | {"link": LINK, "ends_at": "2026-03-12T12:00"})
    assert Stream.objects.get().ends_at.hour + 8 == 12
    assert LINK in browser.get(f"/desk/news/{made.announcement_id}/").content.decode()
