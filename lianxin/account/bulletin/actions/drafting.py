"""An issue is put together: begun for a month, filled from matters, its words mended, its order changed."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from lianxin.account.bulletin import candidates, composing
from lianxin.account.bulletin.errors import BegunAlready, InAlready, MonthNotBegun, PrivateFound
from lianxin.account.bulletin.holding import State, holding, tell
from lianxin.account.bulletin.models import Issue, Item
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.figures import Period
from lianxin.ground.people.models import Body
from lianxin.lib.text import find


def begin(body: Body, period: Period, *, by: UUID, at: datetime) -> Issue:
    """An issue for a month of a body. Raises BegunAlready, MonthNotBegun."""
    if period.starts_on > day_of(at):
        raise MonthNotBegun(period.called)
    try:
        with transaction.atomic():
            issue = Issue.objects.create(body=body, month=period.starts_on, compiled_by=by)
            tell(issue, "bulletin.begun", by=by, at=at)
    except IntegrityError:
        raise BegunAlready(period.called) from None
    return issue


def add(issue: Issue, column: str, thing: Opinion | Suggestion, *, by: UUID, at: datetime) -> Item:
    """The matter comes last in a column, with the words to begin with. Raises InAlready, NotNow, KeyError for no column."""
    rule = composing.rules_of(issue, day_of(at)).columns[column]
    with holding(issue, State.COMPOSING) as held:
        item = candidates.begun(held, column, rule, thing)
        last = held.items.filter(column=column).aggregate(last=Max("position"))["last"]
        item.position = 0 if last is None else last + 1
        held.compiled_by = by
        try:
            with transaction.atomic():
                item.save(force_insert=True)
        except IntegrityError:
            raise InAlready from None
    return item


def amend(item: Item, words: dict[str, str], *, is_looked_at: bool, edition: int, by: UUID, at: datetime) -> None:
    """Other words: `heading`, `text`, `who`. What the check finds in them must be mended, or looked at.

    Somebody's own words that are changed need their consent anew. Raises PrivateFound, NotNow, ChangedMeanwhile.
    """
    with holding(item.issue, State.COMPOSING, edition=edition) as held:
        own = Item.objects.get(pk=item.pk)
        is_other = any(getattr(own, name) != text for name, text in words.items())
        for name, text in words.items():
            setattr(own, name, text)
        found = private_in(own)
        if found and not is_looked_at:
            raise PrivateFound(found)
        own.is_looked_at = bool(found)
        if is_other:
            own.agreed_how, own.agreed_on, own.agreed_with = "", None, None
        own.save()
        held.compiled_by = by
    item.refresh_from_db()


def private_in(item: Item) -> list[str]:
    """What in its words may give somebody away."""
    words = "\n".join((item.heading, item.text, item.who))
    return list(dict.fromkeys(words[found.start : found.end] for found in find(words)))


def agree(item: Item, how: str, on: date, *, edition: int, by: UUID, at: datetime) -> None:
    """The one who spoke agreed, to somebody who asked, that these very words are printed. Raises NotNow, ChangedMeanwhile."""
    with holding(item.issue, State.COMPOSING, edition=edition) as held:
        Item.objects.filter(pk=item.pk).update(agreed_how=how, agreed_on=on, agreed_with=by)
        number = case.number if (case := composing.case_of(item)) else ""
        tell(held, "bulletin.agreed", by=by, at=at, facts={"how": how, "on": on, "number": number})
    item.refresh_from_db()


def move(item: Item, column: str, position: int, *, by: UUID, at: datetime) -> None:
    """To a place in a column, counted from 0; those behind it follow. Somebody's own words stay in their column. Raises NotNow, InAlready."""
    columns = composing.rules_of(item.issue, day_of(at)).columns
    if column not in columns or (columns[column].of == "words") != item.is_quoted:
        column = item.column
    with holding(item.issue, State.COMPOSING) as held:
        others = [one for one in held.items.filter(column=column) if one.pk != item.pk]
        if any((one.opinion_id, one.suggestion_id) == (item.opinion_id, item.suggestion_id) for one in others):
            raise InAlready
        others.insert(max(position, 0), item)
        for place, one in enumerate(others):
            one.position, one.column = place, column
        Item.objects.bulk_update(others, ["position", "column"])
        held.compiled_by = by


def remove(item: Item, *, by: UUID, at: datetime) -> None:
    """Out of the draft. Raises NotNow."""
    with holding(item.issue, State.COMPOSING) as held:
        held.items.filter(column=item.column, position__gt=item.position).update(position=F("position") - 1)
        held.items.filter(pk=item.pk).delete()
        held.compiled_by = by
