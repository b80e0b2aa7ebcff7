"""What is said of an event afterwards: annulled, confirmed, refused, a text of it taken away."""

import pytest

from lianxin.ground.core.clock import now
from lianxin.ground.core.events import annul, confirm, redact, refuse
from lianxin.ground.core.events.errors import (
    AlreadyAnnulled,
    AlreadyConfirmed,
    AlreadyRefused,
    CheckedTwice,
    NeedsNoCheck,
    NeedsReason,
    NotAnnullable,
    NoText,
    OwnWork,
)
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event, EventText
from tests.ground.core.builders import make_diary, make_visit

pytestmark = pytest.mark.django_db


def counts(event: Event) -> bool:
    return Event.objects.counting().filter(pk=event.pk).exists()


def test_an_event_that_needs_no_check_counts_until_it_is_annulled():
    visit, other = make_visit(), make_visit()
    assert counts(visit)
    annulment = annul(visit, by=new_id(), at=now(), reason="  记错了户  ")
    assert not counts(visit)
    assert counts(other)
    assert annulment.texts.get().text == "记错了户"
    assert annulment.body_id == visit.body_id


def test_an_annulment_needs_a_reason():
    with pytest.raises(NeedsReason, match="原因"):
        annul(make_visit(), by=new_id(), at=now(), reason="  ")
    assert Event.objects.count() == 1


def test_an_event_is_annulled_once_and_for_good():
    visit = make_visit()
    annulment = annul(visit, by=new_id(), at=now(), reason="记错了")
    with pytest.raises(AlreadyAnnulled):
        annul(visit, by=new_id(), at=now(), reason="再撤一次")
    with pytest.raises(NotAnnullable):
        annul(annulment, by=new_id(), at=now(), reason="还是对的")


def test_a_diary_counts_when_somebody_else_has_confirmed_it():
    diary = make_diary()
    assert not counts(diary)
    confirm(diary, by=new_id(), at=now())
    assert counts(diary)


def test_the_checker_is_never_the_doer():
    keeper, deputy = new_id(), new_id()
    diary = make_diary(by=keeper)
    for check in (confirm, lambda *a, **k: refuse(*a, **k, reason="不实")):
        with pytest.raises(OwnWork):
            check(diary, by=keeper, at=now())
        with pytest.raises(OwnWork):
            check(diary, by=deputy, at=now(), doers={deputy})
    assert not counts(diary)


def test_where_two_check_they_are_two_people():
    first, second = new_id(), new_id()
    matter = make_diary(kind="tests.decided")
    confirm(matter, by=first, at=now())
    assert not counts(matter)
    with pytest.raises(CheckedTwice):
        confirm(matter, by=first, at=now())
    confirm(matter, by=second, at=now())
    assert counts(matter)
    with pytest.raises(AlreadyConfirmed):
        confirm(matter, by=new_id(), at=now())


def test_what_was_refused_does_not_count_and_is_not_confirmed_behind_ones_back():
    diary = make_diary()
    refusal = refuse(diary, by=new_id(), at=now(), reason="当天站点没有开门")
    assert not counts(diary)
    with pytest.raises(AlreadyRefused):
        confirm(diary, by=new_id(), at=now())
    annul(refusal, by=new_id(), at=now(), reason="看错了日期")
    confirm(diary, by=new_id(), at=now())
    assert counts(diary)


def test_a_confirmation_that_was_annulled_no_longer_counts():
    diary = make_diary()
    confirmation = confirm(diary, by=new_id(), at=now())
    annul(confirmation, by=new_id(), at=now(), reason="点错了")
    assert not counts(diary)


def test_what_is_annulled_is_not_checked_any_more():
    diary = make_diary()
    annul(diary, by=diary.by_id, at=now(), reason="写错了日子")
    with pytest.raises(AlreadyAnnulled):
        confirm(diary, by=new_id(), at=now())


def test_what_needs_no_check_is_not_checked():
    with pytest.raises(NeedsNoCheck):
        confirm(make_visit(), by=new_id(), at=now())


def test_a_preset_may_ask_for_another_number_of_checks():
    visit = make_visit(checks=1)
    assert not counts(visit)
    confirm(visit, by=new_id(), at=now())
    assert counts(visit)


def test_redaction_takes_text_and_salt_away_and_leaves_the_hash_and_an_event():
    visit = make_visit(texts={"story": "李某家里漏水", "note": "再去一次"})
    kept = dict(visit.facts)
    told = redact(visit, "story", by=new_id(), at=now(), reason="写进了别人的姓名")
    assert [text.name for text in EventText.objects.filter(event=visit)] == ["note"]
    assert (told.kind, told.effect, told.facts["text"]) == ("core.redacted", "redacts", "story")
    visit.refresh_from_db()
    assert visit.facts == kept
    assert counts(visit)


@pytest.mark.parametrize("name", ["note", "story"])
def test_a_text_is_redacted_once_and_only_where_there_is_one(name):
    visit = make_visit()
    redact(visit, "story", by=None, at=now(), reason="到期")
    with pytest.raises(NoText):
        redact(visit, name, by=None, at=now(), reason="到期")


def test_a_redaction_without_reason_takes_nothing_away():
    visit = make_visit()
    with pytest.raises(NeedsReason):
        redact(visit, "story", by=None, at=now(), reason="")
    assert visit.texts.exists()


@pytest.mark.sql
def test_a_redacted_text_is_gone_from_every_file_of_a_sqlite_platform(apart):
    """PostgreSQL keeps dead rows in its files until VACUUM, as the manual of operators says: there, from the table."""
    apart.python("make_visit(texts={'story': '某某家的秘密'}); make_visit()")
    assert "某某家的秘密" in kept(apart)
    apart.python(
        "from lianxin.ground.core.events import redact; "
        "redact(Event.objects.order_by('id').first(), 'story', by=None, at=clock.now(), reason='到期')"
    )
    assert "某某家的秘密" not in kept(apart)
    assert "到期" in kept(apart)


def kept(apart) -> str:
    """Everything that the files of a platform on SQLite, or the table of one on PostgreSQL, hold."""
    if apart.url.startswith("sqlite"):
        files = [file.read_bytes() for file in apart.home.glob("lianxin.sqlite3*")]
        return b"".join(files).decode(errors="replace")
    return "".join(apart.python("print(json.dumps([t.text for t in EventText.objects.all()]))"))


CHECK = """
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.events import confirm, refuse
diary = Event.objects.get(kind="tests.written")
meet()
try:
    {verb}(diary, by=new_id(), at=clock.now(){more})
    print(json.dumps("{verb}"))
except RuleError as refusal:
    print(json.dumps(type(refusal).__name__))
"""


@pytest.mark.sql
def test_two_people_who_check_at_once_do_not_contradict_each_other(apart):
    apart.python("make_diary()")
    answers = apart.together(CHECK.format(verb="confirm", more=""), CHECK.format(verb="refuse", more=", reason='不实'"))
    counting = apart.python("print(Event.objects.counting().filter(kind='tests.written').count())")
    assert (sorted(answers), counting) in ((["AlreadyConfirmed", "confirm"], 1), (["AlreadyRefused", "refuse"], 0))
