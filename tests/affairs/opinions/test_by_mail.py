"""Letters at a real IMAP server become opinions, each once, and go on with the thread they answer."""

from datetime import date

import pytest

from lianxin.affairs.opinions import by_mail
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.core.clock import now
from lianxin.ground.core.events import Ref
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event, Platform
from lianxin.ground.documents.models import File
from lianxin.ground.messages.composing import domain
from lianxin.ground.messages.letters import read
from lianxin.ground.messages.mailbox import poll
from lianxin.ground.messages.models import Outgoing
from lianxin.ground.vault.models import Identity
from tests.ground.documents.builders import encoded, picture
from tests.ground.messages.builders import make_mail
from tests.ground.messages.conftest import _imap, mailbox  # noqa: F401  the server and its folder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(office, settings):
    settings.SENDS_MAIL = True
    Platform.objects.update(county_code=office.county.code)
    Platform.forget()


def receive(mail):
    return by_mail.receive(read(mail), now())


def test_a_letter_polled_is_an_opinion_for_staff_alone(mailbox):  # noqa: F811
    mailbox.put(make_mail("村口的路灯坏了三天。"))
    poll(now())
    opinion = Opinion.objects.get()
    told = (opinion.title, opinion.words(), opinion.channel, opinion.visibility, opinion.lacks_place, opinion.said_on)
    assert told == ("路灯", "村口的路灯坏了三天。", "email", "staff", True, date(2026, 11, 16))
    kept = Identity.objects.get(voice_id=opinion.pk).unseal()
    assert (kept.name, kept.email) == ("郗棠梨", "tangli@resident.example")
    told = Outgoing.objects.get(voice_id=opinion.pk).text
    assert f"编号{opinion.case.number}。收下没有、交给谁办，会再告诉您" in told


def test_the_same_letter_again_is_the_same_opinion(office):
    mail = make_mail()
    assert receive(mail)
    assert receive(mail)
    assert Opinion.objects.count() == 1


def test_an_answer_goes_on_with_its_matter(office):
    receive(make_mail())
    opinion = Opinion.objects.get()
    sent = new_id()
    Outgoing.objects.filter(voice_id=opinion.pk).update(letter_id=sent)
    receive(make_mail("是桥边那一盏。", In_Reply_To=f"<lx.{sent.hex}@{domain()}>"))
    assert Opinion.objects.count() == 1
    added = Event.objects.get(kind="opinions.more_told")
    assert (added.subject_id, added.texts.get().text) == (opinion.pk, "是桥边那一盏。")


def test_what_hangs_on_a_letter_is_kept_as_what_it_is(office, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    mail = make_mail()
    mail.add_attachment(encoded(picture()), maintype="image", subtype="jpeg", filename="灯.jpg")
    mail.add_attachment(b"\x00\x01nothing", maintype="application", subtype="octet-stream", filename="a.exe")
    receive(mail)
    files = File.objects.of(Ref("opinion", Opinion.objects.get().pk))
    assert [file.kind for file in files] == ["photo"]


def test_an_empty_letter_is_nobodys(office):
    assert not receive(make_mail(" ", Subject=" "))
