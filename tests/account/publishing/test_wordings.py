"""News and notices: one writes, another reviews; nothing private goes out unseen; a correction says what changed."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lianxin.account.publishing import attachments, sensitive
from lianxin.account.publishing.errors import (
    CannotMask,
    ChangedMeanwhile,
    NothingChanged,
    NotPublished,
    OwnAttachment,
    OwnWords,
    SensitiveLeft,
    TimesReversed,
    UnfinishedNews,
    UnseenAttachments,
    WrittenAlready,
)
from lianxin.account.publishing.models import Wording
from lianxin.account.publishing.models.wording import State, Words
from lianxin.ground.cases.errors import NoReason
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event, EventText
from tests.account.publishing.newsroom import TEXT, Newsroom
from tests.affairs.opinions.builders import NOON, Office
from tests.ground.documents.builders import encoded, picture

pytestmark = pytest.mark.django_db
PHONE = "13800138000"


@pytest.fixture
def room(travel):
    travel(NOON)
    office = Office()
    return Newsroom(office.congress, office.county)


def is_public(wording, at=None):
    return Wording.objects.public(at or now()).filter(announcement=wording.announcement_id).exists()


def kinds(wording):
    return list(
        Event.objects.about("announcement", wording.announcement_id).order_by("id").values_list("kind", flat=True)
    )


def test_what_one_wrote_another_publishes(room):
    made = room.submitted()
    assert not is_public(made)
    made.publish({}, edition=made.edition, by=room.reviewer.pk, at=now())
    assert is_public(made)
    assert kinds(made) == ["publishing.drafted", "publishing.submitted", "publishing.published"]


def test_who_wrote_submitted_or_helped_does_not_publish(room):
    made = room.draft()
    made.rewrite(Words("news", "改过", TEXT), edition=0, by=room.reviewer.pk, at=now())
    made.submit(edition=made.edition, by=room.writer.pk, at=now())
    for author in (room.writer, room.reviewer):
        with pytest.raises(OwnWords):
            made.publish({}, edition=made.edition, by=author.pk, at=now())
    assert not is_public(made)


def test_an_old_page_changes_nothing(room):
    made = room.draft()
    made.rewrite(Words("news", "甲", TEXT), edition=0, by=room.writer.pk, at=now())
    with pytest.raises(ChangedMeanwhile):
        made.rewrite(Words("news", "乙", TEXT), edition=0, by=room.reviewer.pk, at=now())
    made.refresh_from_db()
    assert made.title == "甲"


def test_what_is_sent_back_is_written_on(room):
    made = room.submitted()
    with pytest.raises(NoReason):
        made.send_back(" ", edition=made.edition, by=room.reviewer.pk, at=now())
    made.send_back("日期写错了", edition=made.edition, by=room.reviewer.pk, at=now())
    assert made.state == State.SENT_BACK
    made.rewrite(Words("news", "改好了", TEXT), edition=made.edition, by=room.writer.pk, at=now())
    assert made.state == State.DRAFT


def test_what_is_submitted_is_not_written_on_until_it_is_recalled(room):
    made = room.submitted()
    with pytest.raises(ChangedMeanwhile):
        made.rewrite(Words("news", "偷偷改", TEXT), edition=made.edition, by=room.writer.pk, at=now())
    made.recall(edition=made.edition, by=room.writer.pk, at=now())
    made.rewrite(Words("news", "改", TEXT), edition=made.edition, by=room.writer.pk, at=now())


def test_nothing_empty_is_submitted(room):
    made = room.draft(text=" ")
    with pytest.raises(UnfinishedNews):
        made.submit(edition=0, by=room.writer.pk, at=now())


def test_it_is_read_from_its_moment_to_its_end(room):
    begin, end = now() + timedelta(days=1), now() + timedelta(days=3)
    made = room.published(public_from=begin, public_until=end)
    for hours, there in ((23, False), (24, True), (71, True), (72, False)):
        assert is_public(made, now() + timedelta(hours=hours)) is there
    with pytest.raises(TimesReversed):
        room.draft(public_from=end, public_until=begin)


def test_a_moment_that_passed_while_it_waited_is_the_moment_of_the_review(room):
    made = room.submitted(public_from=now() - timedelta(days=2))
    made.publish({}, edition=made.edition, by=room.reviewer.pk, at=now())
    assert made.public_from == now()


def test_a_correction_says_what_changed_and_keeps_its_place(room, travel):
    made = room.published()
    travel(NOON + timedelta(days=2))
    following = Wording.correct(made.announcement, by=room.writer.pk, at=now())
    with pytest.raises(NothingChanged):
        following.submit(edition=0, by=room.writer.pk, at=now())
    following.drop(edition=0, by=room.writer.pk, at=now())
    last = room.corrected(made, "把28日改成29日", text="29日开会")
    made.refresh_from_db()
    assert (made.state, made.text, last.number) == (State.REPLACED, TEXT, 3)
    assert (last.public_from, last.corrected_at) == (made.public_from, now())


def test_what_nobody_had_read_is_not_corrected_but_written_anew(room):
    made = room.published(public_from=now() + timedelta(days=1))
    assert room.corrected(made, "换了会场").corrected_at is None


def test_there_is_one_wording_under_way(room):
    made = room.published()
    Wording.correct(made.announcement, by=room.writer.pk, at=now())
    with pytest.raises(WrittenAlready):
        Wording.correct(made.announcement, by=room.writer.pk, at=now())


def test_what_was_never_published_is_not_corrected(room):
    made = room.draft()
    made.drop(edition=0, by=room.writer.pk, at=now())
    with pytest.raises(NotPublished):
        Wording.correct(made.announcement, by=room.writer.pk, at=now())


def test_what_is_taken_down_comes_back_with_a_new_wording(room):
    made = room.published()
    made.announcement.take_down("有错字", by=room.reviewer.pk, at=now())
    assert not is_public(made)
    with pytest.raises(NotPublished):
        made.announcement.take_down("再撤一次", by=room.reviewer.pk, at=now())
    assert is_public(room.corrected(made, "改了错字"))


@pytest.mark.parametrize("text", [f"请打{PHONE}", f"请打**138**{PHONE[3:]}", f"[打电话](tel:{PHONE})"])
def test_no_telephone_goes_out_that_nobody_decided_about(room, text):
    made = room.submitted(text=text)
    (finding,) = sensitive.once(made.findings)
    assert finding.words == PHONE
    with pytest.raises(SensitiveLeft):
        made.publish({}, edition=made.edition, by=room.reviewer.pk, at=now())
    with pytest.raises(SensitiveLeft):
        made.publish({finding.key: "  "}, edition=made.edition, by=room.reviewer.pk, at=now())
    made.publish({finding.key: "办公室的服务电话"}, edition=made.edition, by=room.reviewer.pk, at=now())
    told = EventText.objects.get(event__kind="publishing.published", name="stands").text
    assert "办公室的服务电话" in told
    assert PHONE not in told


def test_what_is_masked_is_read_by_nobody(room):
    made = room.submitted(text=f"报修请打{PHONE}，也可以打{PHONE}。")
    (finding,) = sensitive.once(made.findings)
    made.publish({finding.key: sensitive.MASK}, edition=made.edition, by=room.reviewer.pk, at=now())
    made.refresh_from_db()
    assert made.text == "报修请打▇▇▇，也可以打▇▇▇。"
    event = Event.objects.get(kind="publishing.published")
    assert (event.facts["found"], event.facts["masked"]) == (2, 2)


def test_what_bars_cannot_cover_is_sent_back(room):
    made = room.submitted(text=f"请打**138**{PHONE[3:]}")
    (finding,) = made.findings
    with pytest.raises(CannotMask):
        made.publish({finding.key: sensitive.MASK}, edition=made.edition, by=room.reviewer.pk, at=now())
    assert not is_public(made)


def test_a_finding_says_where_it_stands():
    (found,) = sensitive.findings({"正文": f"一\n二\n请打{PHONE}问。"})
    assert (found.part, found.line, found.start, found.before, found.after) == ("正文", 3, 6, "请打", "问。")
    assert found.where == "正文第3段的电话"


def attached(room, wording, by):
    upload = SimpleUploadedFile("a.jpg", encoded(picture()), "image/jpeg")
    return attachments.send(wording.announcement, upload, "", by=by.pk, at=now())


def test_nothing_goes_along_that_nobody_else_looked_at(room):
    made = room.draft()
    file = attached(room, made, room.writer)
    made.submit(edition=0, by=room.writer.pk, at=now())
    with pytest.raises(ChangedMeanwhile):
        attached(room, made, room.writer)
    with pytest.raises(UnseenAttachments):
        made.publish({}, edition=made.edition, by=room.reviewer.pk, at=now())
    with pytest.raises(OwnAttachment):
        attachments.look(file, is_public=True, by=room.writer.pk, at=now())
    attachments.look(file, is_public=True, by=room.reviewer.pk, at=now())
    made.publish({}, edition=made.edition, by=room.reviewer.pk, at=now())
    assert list(attachments.public(made)) == [file]


def test_what_is_attached_to_a_correction_waits_for_it(room, travel):
    made = room.published()
    travel(NOON + timedelta(days=1))
    Wording.correct(made.announcement, by=room.writer.pk, at=now())
    file = attached(room, made, room.writer)
    attachments.look(file, is_public=True, by=room.reviewer.pk, at=now())
    assert list(attachments.public(made)) == []
