"""Stories of deputies: told with their written consent, no more once it is withdrawn; and where they ran."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianxin.account.publishing.errors import ConsentThere, NoConsent
from lianxin.account.publishing.models import Airing, Story, Wording
from lianxin.account.publishing.models.wording import State
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event
from tests.account.publishing.newsroom import Newsroom
from tests.affairs.opinions.builders import NOON, Office
from tests.ground.documents.builders import encoded, picture
from tests.ground.people.builders import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(travel):
    travel(NOON)
    return Office()


@pytest.fixture
def room(office):
    return Newsroom(office.congress, office.county)


def sheet():
    return SimpleUploadedFile("同意书.jpg", encoded(picture()), "image/jpeg")


def text(page):
    return re.sub(r"<[^>]*>|\s+", " ", page.content.decode())


def told_of(room, person, **facts):
    """A submitted story of this deputy."""
    made = room.draft("夜里数路灯的人", "她夜里去数灯。", "deputies", **facts)
    story = Story.tell_of(made.announcement, person, by=room.writer.pk, at=now())
    made.submit(edition=made.edition, by=room.writer.pk, at=now())
    return made, story


def publish(room, made):
    made.publish({}, edition=made.edition, by=room.reviewer.pk, at=now())


def test_nothing_is_told_of_somebody_who_did_not_sign(room, office):
    made, story = told_of(room, office.mandate.person)
    with pytest.raises(NoConsent):
        publish(room, made)
    story.consent(sheet(), NOON.date(), by=room.writer.pk, at=now())
    publish(room, made)
    assert Wording.objects.public(now()).get().announcement.story == story
    Wording.correct(made.announcement, by=room.writer.pk, at=now())
    with pytest.raises(ConsentThere):
        Story.tell_of(made.announcement, make_person("谭秋实"), by=room.writer.pk, at=now())


def test_who_withdraws_is_told_of_no_more_from_that_moment(room, office, client):
    made, story = told_of(room, office.mandate.person)
    story.consent(sheet(), NOON.date(), by=room.writer.pk, at=now())
    publish(room, made)
    address = made.announcement.public_url
    assert "夜里数路灯的人" in text(client.get(address))
    assert "夜里数路灯的人" in text(client.get(office.mandate.person.get_absolute_url()))
    story.withdraw("家里人不愿意。", by=room.writer.pk, at=now())
    gone = client.get(address)
    assert gone.status_code == 410
    assert "家里人不愿意" not in gone.content.decode()
    assert "夜里数路灯的人" not in text(client.get(office.mandate.person.get_absolute_url()))
    kinds = set(Event.objects.about("announcement", made.announcement_id).values_list("kind", flat=True))
    assert {"publishing.consent_withdrawn", "publishing.taken_down"} <= kinds
    with pytest.raises(NoConsent):
        story.withdraw("再说一次。", by=room.writer.pk, at=now())
    made = Wording.correct(made.announcement, by=room.writer.pk, at=now())
    Wording.objects.filter(pk=made.pk).update(state=State.SUBMITTED, change="去掉一段")
    made.refresh_from_db()
    with pytest.raises(NoConsent):
        publish(room, made)


def test_by_forms_from_the_deputy_to_the_page_of_a_paper(room, office, client):
    made = room.draft("夜里数路灯的人", "她夜里去数灯。", "deputies")
    browser, base = room.browser(room.writer), f"/desk/news/{made.announcement_id}/"
    name = office.mandate.person.name
    assert name in text(browser.get(f"{base}story/", {"q": name}))
    browser.post(f"{base}story/", {"person": office.mandate.person_id})
    assert "还没有书面同意" in text(browser.get(base))
    ahead = browser.post(f"{base}consent/", {"sheet": sheet(), "on": "2027-01-01"})
    assert "这一天还没有到" in text(ahead)
    browser.post(f"{base}consent/", {"sheet": sheet(), "on": "2026-03-09"})
    assert browser.get(f"{base}consent-sheet/").status_code == 200
    assert client.get(f"{base}consent-sheet/").status_code == 302
    made.refresh_from_db()
    made.submit(edition=made.edition, by=room.writer.pk, at=now())
    publish(room, made)
    aired = {"medium": "paper", "outlet": "云江日报", "on": "2026-03-10", "where": "第3版", "link": ""}
    browser.post(f"{base}ran/", aired)
    assert Airing.objects.get().outlet == "云江日报"
    page = text(client.get(made.announcement.public_url))
    assert "本人书面同意公布" in page
    assert "云江日报 第3版" in page
    assert client.get(f"{made.announcement.public_url}{Story.objects.get().sheet.pk}/").status_code == 404


def test_what_tells_of_nobody_has_neither_consent_nor_airing(room):
    made = room.draft()
    browser, base = room.browser(room.writer), f"/desk/news/{made.announcement_id}/"
    aired = {"medium": "paper", "outlet": "云江日报", "on": "2026-03-10"}
    sent = {"consent": {"sheet": sheet(), "on": "2026-03-09"}, "withdraw-consent": {"reason": "不愿意。"}, "ran": aired}
    for kind, told in sent.items():
        assert "还没有写明写的是哪位代表" in text(browser.post(f"{base}{kind}/", told)), kind


def test_a_link_leads_to_the_web_alone(room, office):
    made, story = told_of(room, office.mandate.person)
    story.consent(sheet(), NOON.date(), by=room.writer.pk, at=now())
    told = {"medium": "online", "outlet": "某号", "on": "2026-03-10", "link": "javascript:alert(1)"}
    page = room.browser(room.writer).post(f"/desk/news/{made.announcement_id}/ran/", told)
    assert page.status_code == 422
    assert not Airing.objects.exists()
