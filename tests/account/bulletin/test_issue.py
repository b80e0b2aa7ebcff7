"""An issue from its first entry to its fingerprint: who may, what is frozen, what may not be printed."""

import json
from datetime import timedelta

import pytest

from lianxin.account.bulletin import candidates, composing
from lianxin.account.bulletin.actions import drafting, signing
from lianxin.account.bulletin.errors import (
    BegunAlready,
    ChangedMeanwhile,
    InAlready,
    MonthNotBegun,
    NotFit,
    NothingIn,
    NotNow,
    PrivateFound,
    SamePerson,
    WithheldAlready,
)
from lianxin.account.bulletin.models import Counted, Erratum, Issue, Item
from lianxin.account.bulletin.shown import shown
from lianxin.affairs.opinions.actions import judging, sorting, telling
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.suggestions.actions import submitting
from lianxin.ground.core.clock import now
from lianxin.ground.core.events import merkle
from lianxin.ground.core.figures import Period
from lianxin.ground.core.models import Event, EventText
from tests.account.bulletin.builders import MONTH, NOON
from tests.affairs.suggestions.builders import answered

pytestmark = pytest.mark.django_db


def test_three_people_bring_it_out_and_it_says_what_the_month_was(room):
    sheet = room.issued().sheet
    assert (sheet.title, sheet.number, sheet.month) == ("5号见", 1, "2026年3月")
    assert (sheet.compiled, sheet.reviewed, sheet.signed) == ("周砚", "望春和", "江月白")
    assert [column.name for column in sheet.columns] == ["民心所盼", "民意纵览", "民声回响"]
    hopes, progress, echoes = (column.entries for column in sheet.columns)
    assert hopes[0].heading == "放学路上黑"
    assert "水管换好了。" in progress[0].text
    assert "居民说解决了" in progress[0].text
    assert echoes[0].text == "当天就换好了，孩子高兴。"
    told = {one.code.partition(".")[2]: one for one in sheet.numbers}
    assert (told["received"].told, told["received"].before) == ("3", "0")
    assert told["answered"].told == "1"
    assert told["satisfied"].told == "—", "one rating is too few to show"


def test_each_step_is_another_person_s(room):
    issue = room.filled()
    signing.submit(issue, edition=issue.edition, by=room.editor.pk, at=now())
    with pytest.raises(SamePerson):
        signing.review(issue, edition=issue.edition, by=room.editor.pk, at=now())
    signing.review(issue, edition=issue.edition, by=room.reviewer.pk, at=now())
    for one in (room.editor, room.reviewer):
        with pytest.raises(SamePerson):
            signing.sign(issue, edition=issue.edition, by=one.pk, at=now())
    assert Issue.objects.get().number is None


def test_who_sends_it_back_says_what_to_mend_and_it_can_be_changed_again(room):
    issue = room.ready()
    signing.send_back(issue, "第二条写短些。", edition=issue.edition, by=room.leader.pk, at=now())
    item = issue.items.get(column="progress")
    drafting.amend(
        item,
        {"heading": "换好了", "text": "水管换好了。"},
        is_looked_at=False,
        edition=issue.edition,
        by=room.editor.pk,
        at=now(),
    )
    kinds = [event.kind for event in Event.objects.about("bulletin", issue.pk).order_by("recorded_at", "id")]
    assert kinds == [f"bulletin.{verb}" for verb in ("begun", "agreed", "submitted", "reviewed", "sent_back")]


def test_a_later_fact_changes_every_number_that_is_not_issued_and_none_that_is(room):
    issue = room.issued()
    before = json.dumps(issue.frozen)
    draft = drafting.begin(room.office.congress, Period.month(2026, 4), by=room.editor.pk, at=now())
    live = composing.compose(draft, now())
    assert [one.before for one in live.numbers if one.code == "opinions.answered"] == ["1"]
    judging.reopen(room.solved, "又爆了。", at=now())
    issue.refresh_from_db()
    assert json.dumps(issue.frozen) == before
    room.office.opinion(title="四月又一件")
    assert issue.sheet.numbers[0].told == "3"


def test_the_list_behind_a_figure_is_kept_with_its_digest(room):
    issue = room.issued()
    received = issue.sheet.numbers[0]
    ids = sorted(Counted.objects.filter(issue=issue, figure=received.code).values_list("case_id", flat=True))
    assert ids == sorted(one.case_id for one in (room.open, room.solved, room.inside))
    digest = merkle.ALGORITHMS[issue.algorithm]
    assert received.members == digest("\n".join(map(str, ids)).encode()).hex()
    assert (received.listed, received.unlisted) == (2, 1)


def test_the_fingerprint_is_of_every_word_and_number(room):
    issue = room.issued()
    digest, sheet = merkle.ALGORITHMS[issue.algorithm], issue.sheet
    assert sheet.fingerprint(digest) == issue.fingerprint
    for change in ({"meeting": "别的日子"}, {"title": "6号见"}, {"roots": ("x",)}):
        assert sheet.model_copy(update=change).fingerprint(digest) != issue.fingerprint
    entry = sheet.entries[0]
    assert entry.model_copy(update={"text": "别的话"}).sealed(digest).digest != entry.digest
    assert entry.sealed(digest).digest == entry.digest


def test_what_is_taken_out_leaves_its_digest_and_the_fingerprint_holds(room):
    issue = room.issued()
    words, fingerprint = issue.sheet.entries[2], issue.fingerprint
    signing.withhold(issue, words.id, "本人不愿意登了。", by=room.reviewer.pk, at=now())
    issue = Issue.objects.with_matters().get()
    assert words.text not in json.dumps(issue.frozen, ensure_ascii=False)
    assert issue.sheet.entries[2].is_withheld
    assert issue.sheet.fingerprint(merkle.ALGORITHMS[issue.algorithm]) == fingerprint == issue.fingerprint
    with pytest.raises(WithheldAlready):
        signing.withhold(issue, words.id, "再来一次。", by=room.reviewer.pk, at=now())


def test_what_is_public_no_more_is_not_shown(room):
    issue = room.issued()
    sorting.hide(room.open, "里面有名字。", by=room.office.clerk.pk, at=now())
    sheet = shown(Issue.objects.with_matters().get(pk=issue.pk))
    assert [entry.is_withheld for entry in sheet.entries] == [True, False, False]


def test_a_matter_withdrawn_the_minute_before_keeps_it_from_being_issued(room):
    issue = room.ready()
    sorting.hide(room.open, "本人撤回了。", by=room.office.clerk.pk, at=now())
    with pytest.raises(NotFit, match="放学路上黑.*不再公开了"):
        signing.sign(issue, edition=issue.edition, by=room.leader.pk, at=now())
    issue.refresh_from_db()
    assert (issue.state, issue.number, Counted.objects.count()) == ("signing", None, 0)


def test_who_withdraws_takes_their_words_out_of_every_issue_and_the_fingerprint_holds(room):
    issue = room.issued()
    next_one = drafting.begin(room.office.congress, Period.month(2026, 4), by=room.editor.pk, at=now())
    room.add(next_one, "hopes", room.open)
    fingerprint = issue.fingerprint

    telling.withdraw(Opinion.objects.with_case().get(pk=room.open.pk), at=now())

    told = [one.text for one in EventText.objects.all()] + [str(Issue.objects.get(pk=issue.pk).frozen)]
    assert not any("放学路上黑" in text for text in told)
    assert not Item.objects.filter(opinion=room.open).exists()
    issue.refresh_from_db()
    assert [entry.is_withheld for entry in issue.sheet.entries] == [True, False, False]
    assert issue.sheet.fingerprint(merkle.ALGORITHMS[issue.algorithm]) == fingerprint == issue.fingerprint
    assert Event.objects.filter(kind="bulletin.forgotten").count() == 2


def test_who_withdraws_the_minute_before_has_the_signer_look_once_more(room):
    issue = room.ready()
    shown_at = issue.edition
    telling.withdraw(Opinion.objects.with_case().get(pk=room.open.pk), at=now())
    with pytest.raises(ChangedMeanwhile):
        signing.sign(issue, edition=shown_at, by=room.leader.pk, at=now())
    issue.refresh_from_db()
    signing.sign(issue, edition=issue.edition, by=room.leader.pk, at=now())
    assert "放学路上黑" not in str(issue.frozen)


def test_somebody_s_own_words_need_their_consent_and_others_anew(room):
    issue = room.begun()
    item = room.add(issue, "echoes", room.solved)
    with pytest.raises(NotFit, match="还没有记下本人同意"):
        signing.submit(issue, edition=issue.edition, by=room.editor.pk, at=now())
    room.agree(item)
    item.issue.refresh_from_db()
    drafting.amend(
        item,
        {"text": "换好了。", "who": "石桥镇一位居民"},
        is_looked_at=False,
        edition=item.issue.edition,
        by=room.editor.pk,
        at=now(),
    )
    assert item.lacks_consent


def test_what_looks_private_is_mended_or_looked_at(room):
    issue = room.begun()
    item = room.add(issue, "hopes", room.open)
    told = {"edition": issue.edition, "by": room.editor.pk, "at": now()}
    words = {"heading": "路灯", "text": "打区里的值班电话13800138000就有人来。"}
    with pytest.raises(PrivateFound, match="13800138000"):
        drafting.amend(item, words, is_looked_at=False, **told)
    drafting.amend(item, words, is_looked_at=True, **told)
    issue.refresh_from_db()
    signing.submit(issue, edition=issue.edition, by=room.editor.pk, at=now())


def test_a_page_that_is_old_changes_nothing(room):
    issue = room.filled()
    with pytest.raises(ChangedMeanwhile):
        signing.submit(issue, edition=issue.edition - 1, by=room.editor.pk, at=now())
    with pytest.raises(NotNow):
        signing.sign(issue, edition=issue.edition, by=room.leader.pk, at=now())


def test_there_is_one_for_a_month_and_none_for_one_ahead(room):
    room.begun()
    with pytest.raises(BegunAlready):
        room.begun()
    with pytest.raises(MonthNotBegun):
        drafting.begin(room.office.congress, Period.month(2026, 5), by=room.editor.pk, at=now())


def test_nothing_is_sent_that_has_nothing_in_it_and_a_matter_stands_once_in_a_column(room):
    issue = room.begun()
    with pytest.raises(NothingIn):
        signing.submit(issue, edition=issue.edition, by=room.editor.pk, at=now())
    room.add(issue, "hopes", room.open)
    with pytest.raises(InAlready):
        room.add(issue, "hopes", room.open)


def test_entries_change_places_and_own_words_stay_in_their_column(room):
    issue = room.begun()
    first, second = room.add(issue, "hopes", room.open), room.add(issue, "hopes", room.solved)
    drafting.move(second, "hopes", 0, by=room.editor.pk, at=now())
    assert list(issue.items.filter(column="hopes")) == [second, first]
    quoted = room.add(issue, "echoes", room.solved)
    drafting.move(quoted, "hopes", 0, by=room.editor.pk, at=now())
    quoted.refresh_from_db()
    assert quoted.column == "echoes"
    drafting.remove(second, by=room.editor.pk, at=now())
    assert [item.position for item in issue.items.filter(column="hopes")] == [0]


def test_an_erratum_stands_beside_the_issue_and_is_printed_in_the_next(room, travel):
    first = room.issued()
    signing.correct(first, "第一条的“七盏”应为“六盏”。", by=room.editor.pk, at=now())
    travel(timedelta(days=30))
    issue = drafting.begin(room.office.congress, Period.month(2026, 4), by=room.editor.pk, at=now())
    opinion = room.office.opinion(title="四月的事", visibility="unnamed")
    type(opinion).objects.filter(pk=opinion.pk).update(is_public=True)
    room.add(issue, "hopes", opinion)
    issue.refresh_from_db()
    signing.submit(issue, edition=issue.edition, by=room.editor.pk, at=now())
    signing.review(issue, edition=issue.edition, by=room.reviewer.pk, at=now())
    signing.sign(issue, edition=issue.edition, by=room.leader.pk, at=now())
    assert [(one.number, one.words) for one in issue.sheet.corrections] == [(1, "第一条的“七盏”应为“六盏”。")]
    assert Erratum.objects.get().printed_in == issue
    assert issue.number == 2
    assert MONTH.called == first.sheet.month


def test_what_happened_after_the_month_keeps_nothing_of_the_month_out_of_the_tray(room):
    issue = room.begun()
    columns = composing.rules_of(issue, NOON.date()).columns
    judging.reopen(room.solved, "又爆了。", at=now())
    for code in ("progress", "echoes"):
        assert room.solved in candidates.opinions_for(columns[code], issue, room.editor)
    april = drafting.begin(room.office.congress, Period.month(2026, 4), by=room.editor.pk, at=now())
    for code in ("hopes", "progress", "echoes"):
        assert not candidates.opinions_for(columns[code], april, room.editor)


def test_a_suggestion_of_the_month_comes_in_with_who_leads_it(room):
    made = answered(room.office)
    submitting.publish(made, by=room.office.clerk.pk, at=NOON)
    issue = room.begun()
    (offered,) = candidates.suggestions_for(issue, room.editor)
    assert offered.id == str(made.pk)
    room.add(issue, "progress", made)
    entry = composing.compose(issue, now()).entries[0]
    assert entry.source.startswith("罗青禾代表领衔")
    assert "七盏都修好了" in entry.text
    assert entry.path == f"/suggestions/{made.pk}/"
