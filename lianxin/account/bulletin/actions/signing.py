"""三审 An issue is sent by who composed it, reviewed by another, signed by a third; then it is out, and only corrected."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lianxin.account.bulletin import composing
from lianxin.account.bulletin.actions.drafting import private_in
from lianxin.account.bulletin.errors import NotFit, NothingIn, SamePerson, WithheldAlready
from lianxin.account.bulletin.holding import State, holding, tell
from lianxin.account.bulletin.models import Counted, Erratum, Issue, Item
from lianxin.account.bulletin.sheet import Sheet
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.cases.working import said
from lianxin.ground.core import figures
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import merkle
from lianxin.ground.core.models import Register


def submit(issue: Issue, *, edition: int, by: UUID, at: datetime) -> None:
    """To be reviewed. Raises NothingIn, NotFit, NotNow, ChangedMeanwhile."""
    with holding(issue, State.COMPOSING, edition=edition) as held:
        _fit(held)
        held.state, held.compiled_by, held.reviewed_by = State.REVIEW, by, None
        tell(held, "bulletin.submitted", by=by, at=at, facts={"edition": held.edition})


def send_back(issue: Issue, reason: str, *, edition: int, by: UUID, at: datetime) -> None:
    """Back to whoever composes it, with what to mend. Raises NoReason, NotNow, ChangedMeanwhile."""
    reason = said(reason)
    with holding(issue, State.REVIEW, State.SIGNING, edition=edition) as held:
        held.state, held.reviewed_by = State.COMPOSING, None
        tell(held, "bulletin.sent_back", by=by, at=at, texts={"reason": reason})


def review(issue: Issue, *, edition: int, by: UUID, at: datetime) -> None:
    """Read and found right by another than who composed it. Raises SamePerson, NotFit, NotNow, ChangedMeanwhile."""
    with holding(issue, State.REVIEW, edition=edition) as held:
        if by == held.compiled_by:
            raise SamePerson
        _fit(held)
        held.state, held.reviewed_by = State.SIGNING, by
        tell(held, "bulletin.reviewed", by=by, at=at, facts={"edition": held.edition})


def sign(issue: Issue, *, edition: int, by: UUID, at: datetime) -> None:
    """Issue it: it takes its number, its figures are counted for the last time, and all of it gets its fingerprint.

    Signed by a third person. What is not public any more, or not agreed to, keeps it from being issued.
    Raises SamePerson, NotFit, NotNow, ChangedMeanwhile.
    """
    with _held_with_matters(issue), holding(issue, State.SIGNING, edition=edition) as held:
        if by in (held.compiled_by, held.reviewed_by):
            raise SamePerson
        _fit(held)
        held.signed_by, held.issued_at = by, at
        rules = composing.rules_of(held, day_of(at))
        held.number = rules.issued_before + Register.take(composing.REGISTER)
        _freeze(held, composing.compose(held, at, number=held.number), at)
        held.state = State.ISSUED
        Erratum.objects.filter(printed_in__isnull=True).update(printed_in=held)
        facts = {"number": held.number, "algorithm": held.algorithm, "fingerprint": held.fingerprint}
        tell(held, "bulletin.issued", by=by, at=at, facts=facts)


def _freeze(held: Issue, sheet: Sheet, at: datetime) -> None:
    """Keep the sheet as it is, the list behind each figure, and the fingerprint over both."""
    held.algorithm = merkle.in_use()
    digest = merkle.ALGORITHMS[held.algorithm]
    numbers = []
    for number in sheet.numbers:
        ids = list(figures.definition(number.code).members(held.period, at))
        Counted.objects.bulk_create((Counted(issue=held, figure=number.code, case_id=id) for id in ids), batch_size=500)
        members = digest("\n".join(map(str, ids)).encode()).hex()
        numbers.append(number.model_copy(update={"members": members}))
    columns = [
        column.model_copy(update={"entries": tuple(entry.sealed(digest) for entry in column.entries)})
        for column in sheet.columns
    ]
    whole = sheet.model_copy(update={"numbers": tuple(numbers), "columns": tuple(columns)})
    held.frozen, held.fingerprint = whole.model_dump(mode="json"), whole.fingerprint(digest)


def _fit(held: Issue) -> None:
    """Everything in it may be printed now."""
    items = composing.items_of(held)
    if not items:
        raise NothingIn
    if whys := [(str(item)[:12], why) for item in items if (why := _unfit(item))]:
        raise NotFit(whys)


@contextmanager
def _held_with_matters(issue: Issue) -> Iterator[None]:
    """What it tells of stays as it is until the transaction ends. Held before the issue, as who withdraws does (erasing.py)."""
    with transaction.atomic():
        for model, name in ((Opinion, "opinion"), (Suggestion, "suggestion")):
            ids = issue.items.filter(**{f"{name}__isnull": False}).values(name)
            list(model.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
        yield


def _unfit(item: Item) -> str:
    if not item.is_public:
        return _("不再公开了")
    if item.lacks_consent:
        return _("是原话，还没有记下本人同意")
    if not item.is_looked_at and private_in(item):
        return _("里有像个人信息的字，还没有人看过")
    return "" if item.text.strip() else _("没有正文")


def withhold(issue: Issue, entry: str, reason: str, *, by: UUID, at: datetime) -> None:
    """Take the words of an entry out of an issue that is out: who spoke wants it so, or they must not stand there.

    The issue keeps its digest and its fingerprint, and tells that something was taken out; words and reason go no further.
    Raises NoReason, NotNow, WithheldAlready.
    """
    reason = said(reason)
    with holding(issue, State.ISSUED) as held:
        found = next((one for one in held.sheet.entries if one.id == entry), None)
        if found is None or found.is_withheld:
            raise WithheldAlready
        held.take_out(entry)
        held.items.filter(pk=entry).delete()
        tell(held, "bulletin.withheld", by=by, at=at, facts={"digest": found.digest}, texts={"reason": reason})


def correct(issue: Issue, words: str, *, by: UUID, at: datetime) -> None:
    """Say what was wrong. It stands on the issue's page at once, and is printed in the next. Raises NoReason, NotNow."""
    words = said(words)
    with holding(issue, State.ISSUED) as held:
        Erratum.objects.create(issue=held, words=words, written_at=at)
        tell(held, "bulletin.corrected", by=by, at=at, texts={"words": words})
