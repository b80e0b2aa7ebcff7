"""The rules of protection (architecture.md) that touch opinions, one by one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from lianxin.affairs.opinions import codes
from lianxin.affairs.opinions.actions import handling, replying, sorting, telling
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.routing import Complaint
from lianxin.ground.access.answering import forget_grants
from lianxin.ground.access.models import Grant
from lianxin.ground.cases.models import Echo, Rating
from lianxin.ground.core.models import Event, EventParty
from lianxin.ground.people.models import Region
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.working import accepted, answered, case_of, handed, running
from tests.ground.access.builders import make_grant, make_user
from tests.ground.core.backups import backups
from tests.ground.people.builders import make_congress
from tests.ground.vault import whole as whole_
from tests.ground.vault.whole import Whole

pytestmark = pytest.mark.sql
SECRET = "王秀兰家门口的那盏灯"


def seen_by(user):
    forget_grants(user)  # those read before the last was given
    return set(Opinion.objects.visible_to(user))


def complained_of(office, what):
    return {"deputy": office.mandate, "station": office.station, "unit": office.roads}[what]


def one_of(office, what):
    """Somebody who is, or works for, what is complained of; and who is a clerk of the county's office as well."""
    user = make_user()
    make_grant(user, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    if what == "deputy":
        office.mandate.person.link(user, by=None, at=NOON)
    else:
        role = {"station": "station_keeper", "unit": "unit_clerk"}[what]
        make_grant(user, role, what, complained_of(office, what).pk)
    return user


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["deputy", "station", "unit"])
def test_a_complaint_is_invisible_to_the_one_complained_of_whatever_else_they_are(office, what):
    complaint = office.opinion(complaint=Complaint.of(complained_of(office, what)), station=office.station)
    clerk = make_user()
    make_grant(clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    assert complaint in seen_by(clerk)
    user = one_of(office, what)
    other = office.opinion()
    assert seen_by(user) == {other}
    assert complaint not in Opinion.objects.lying_with(what, [complained_of(office, what).pk])
    assert not office.station.opinions.exists()


@pytest.mark.django_db
def test_the_township_of_a_station_sees_no_complaint_about_it(office):
    clerk = make_user()
    make_grant(clerk, "township_clerk", Grant.Scope.PLACE, office.village.parent_id)
    make_congress(Region.objects.get(pk=office.village.parent_id), level="township")
    complaint, other = office.opinion(complaint=Complaint.of(office.station)), office.opinion()
    assert seen_by(clerk) == {other}
    assert case_of(complaint).body == office.congress


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["deputy", "station", "unit"])
def test_a_complaint_counts_for_nobody_complained_of_whatever_is_done_to_it(office, what):
    party = complained_of(office, what)
    complaint = accepted(office, complaint=Complaint.of(party), station=office.station, mandate=office.mandate)
    handling.hand_to_units(complaint, office.housing, by=office.clerk.pk, at=NOON)
    told = Event.objects.about("opinion", complaint.pk).get(kind="opinions.told")
    assert not told.parties.exists()
    assert not EventParty.objects.filter(event__subject_id=complaint.pk, party_id=party.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["private", "complaint", "not looked at"])
def test_what_is_not_for_everybody_never_becomes_public(office, why):
    facts = {
        "private": {"visibility": "staff"},
        "complaint": {"complaint": Complaint.of(office.roads), "visibility": "named", "shown_name": "王秀兰"},
        "not looked at": {"words": "我叫王秀兰，电话13800001234，路灯不亮。"},
    }
    opinion = accepted(office, **facts[why])
    replying.answer_now(opinion, "修好了。", "solved", by=office.clerk.pk, at=NOON)
    opinion.refresh_from_db()
    assert (opinion.is_public, opinion.shown_name) == (False, "")
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(is_public=True)


@pytest.mark.django_db
def test_marks_of_phones_go_when_the_matter_ends_however_it_ends(office):
    for end in (
        lambda one: sorting.decline(one, "private", "个人之间的事", by=office.clerk.pk, at=NOON),
        lambda one: telling.withdraw(one, at=NOON),
        lambda one: sorting.merge(one, office.opinion(), by=office.clerk.pk, at=NOON),
    ):
        opinion = accepted(office)
        telling.echo(opinion, mark="a", at=NOON)
        assert Echo.objects.get(case=opinion.case_id).mark
        end(opinion)
        assert list(Echo.objects.filter(case=opinion.case_id).values_list("mark", flat=True)) == [""]


@pytest.mark.django_db
def test_the_one_who_is_rated_never_takes_the_rating(office):
    """Ratings have no `by` at all: the verb takes none, and the event names nobody."""
    from lianxin.affairs.opinions.actions import judging

    opinion = answered(office)
    with pytest.raises(TypeError):
        judging.rate(opinion, "yes", "yes", by=office.clerk.pk, at=NOON)
    judging.rate(opinion, "yes", "yes", at=NOON.replace(day=12))
    assert Event.objects.get(kind="opinions.rated").by_id is None
    assert "by" not in {field.name for field in Rating._meta.fields}


@pytest.mark.django_db
def test_a_deputy_never_says_solved(office):
    opinion = office.opinion(mandate=office.mandate)
    replying.answer_as_deputy(running(opinion), "已经解决了。", by=office.clerk.pk, at=NOON)
    assert (case_of(opinion).outcome, case_of(opinion).outcome_by) == ("explained", "deputy")


def rows_of_every_table() -> Iterator[str]:
    """All that stands in the database, as text."""
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            for row in cursor.fetchall():
                yield " ".join(map(str, row))


@pytest.mark.django_db
def test_no_code_stands_anywhere_in_the_database(office):
    opinions = [handed(office, phone="13800001234")[0] for _ in range(3)]
    lost = opinions[0].code
    telling.reissue_code(opinions[0], by=office.clerk.pk, at=NOON)
    every = "\n".join(rows_of_every_table())
    assert str(opinions[0].code_mark)[:8] in every or str(opinions[1].code_mark) in every
    for code in (lost, *(Opinion.objects.get(pk=one.pk).code for one in opinions)):
        assert code not in every
        assert codes.grouped(code) not in every


# Erased for good

TELL = f"""
from tests.affairs.opinions.builders import Office, NOON
from lianxin.affairs.opinions.actions import sorting, telling
office = Office()
opinion = office.opinion(words={SECRET!r}, title={SECRET!r}, spot={SECRET!r}, phone="13800001234", name="王秀兰",
                         visibility="named", shown_name="王秀兰本人")
telling.add(opinion, {SECRET!r} + "又不亮了", at=NOON)
from lianxin.ground.core.events import Ref
from lianxin.ground.documents import papers, printing
from tests.ground.documents.builders import lay_down, make_paper
printing.PROGRAMS = ()
letter = make_paper(lay_down(office.congress), Ref("opinion", opinion.pk), NOON, words={SECRET!r}, title={SECRET!r})
papers.make.func(str(letter.pk))
print(json.dumps([str(opinion.pk), opinion.case.number]))
"""
WITHDRAW = """
from tests.affairs.opinions.builders import NOON
from lianxin.affairs.opinions.actions import telling
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.vault.models import Identity
telling.withdraw(Opinion.objects.with_case().get(), at=NOON)
"""
LEFT = """
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.documents.models import File, Paper
from lianxin.ground.vault.models import Identity
one = Opinion.objects.get()
words = EventText.objects.filter(name="words").count()
letter = Paper.objects.get()
left = [one.text, one.title, one.spot, one.shown_name, letter.content or "", letter.title, letter.number]
print(json.dumps([left, words, Identity.objects.count(), File.objects.count()]))
"""
NOTHING_LEFT = [["", "", "", "", "", "", "青人办函〔2026〕1号"], 0, 0, 0]  # that a letter was issued is no secret


@pytest.fixture
def whole(empty_whole: Whole, tmp_path: Path) -> Iterator[Whole]:
    with whole_.copy(empty_whole, tmp_path / "platform") as made:
        yield made


def in_the_files(whole: Whole) -> list[str]:
    """In which of the database's files a word of it still stands."""
    words = [text.encode() for text in (SECRET, "王秀兰本人", "13800001234")] + [SECRET.encode("unicode_escape")]
    return [file.name for file in whole.home.glob("lianxin.sqlite3*") if any(w in file.read_bytes() for w in words)]


@pytest.mark.load
def test_withdrawn_words_and_names_are_gone_from_the_tables_and_from_the_files(whole: Whole) -> None:
    whole.python(TELL)
    on_sqlite = whole.url.startswith("sqlite")
    assert not on_sqlite or in_the_files(whole)
    whole.python(WITHDRAW + "print(json.dumps(1))")
    assert whole.python(LEFT) == NOTHING_LEFT
    assert not on_sqlite or in_the_files(whole) == []


@pytest.mark.load
def test_a_restore_brings_back_neither_words_nor_name(whole: Whole) -> None:
    whole.python(TELL)
    whole.lianxin("backup")
    whole.python(WITHDRAW + "print(json.dumps(1))")
    whole.lianxin("restore", str(backups(whole)[0]), "--replace")
    assert whole.python(LEFT) == NOTHING_LEFT
    assert not whole.url.startswith("sqlite") or in_the_files(whole) == []
