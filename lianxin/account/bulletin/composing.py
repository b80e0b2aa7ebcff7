"""An issue as it would be if it were issued now: its entries with whoever handles them, and the figures of its month."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from lianxin.account.bulletin.models import Erratum, Issue, Item
from lianxin.account.bulletin.rules import BulletinRules, ColumnRule
from lianxin.account.bulletin.sheet import Column, Correction, Entry, Number, Sheet
from lianxin.affairs.stations.models import Station
from lianxin.affairs.stations.receptions import soonest_reception
from lianxin.ground.access.models import User
from lianxin.ground.cases.models import Case, Handover
from lianxin.ground.core import figures
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import names
from lianxin.ground.core.events.roots import line_of
from lianxin.ground.core.figures import Figure, Period
from lianxin.ground.core.models import DaySeal, Register
from lianxin.ground.rulebook import in_force
from lianxin.lib.calendars.lunar import lunar_date

Role = Handover.Role
HANDLERS = (Role.LEAD, Role.TAKEN_UP)
WITH_MATTER = ("opinion__case", "suggestion__case", "suggestion__lead__person")
REGISTER = "bulletin"


def rules_of(issue: Issue, day: date) -> BulletinRules:
    """What the preset says of the bulletin."""
    return in_force(day, issue.body_id).section(BulletinRules)


def items_of(issue: Issue) -> list[Item]:
    """Everything that stands in it, in order, with the matters; one query."""
    return list(issue.items.select_related(*WITH_MATTER))


def next_number(rules: BulletinRules) -> int:
    """Which number it would take now."""
    taken = Register.objects.filter(pk=REGISTER).values_list("last", flat=True).first() or 0
    return rules.issued_before + taken + 1


def compose(issue: Issue, at: datetime, *, number: int | None = None) -> Sheet:
    """The sheet as of a moment; in Chinese, whatever language pages are read in. About a dozen queries, however much there is."""
    day = day_of(at)
    rules, items = rules_of(issue, day), items_of(issue)
    people = User.objects.in_bulk([by for by in (issue.compiled_by, issue.reviewed_by, issue.signed_by) if by])
    with override("zh-hans"):
        return Sheet(
            title=rules.title,
            issuer=issue.body.name,
            number=number or next_number(rules),
            month=issue.period.called,
            day=day,
            weekday=date_format(day, "l"),
            lunar=lunar_date(day).chinese(),
            as_of=at,
            numbers=tuple(_number(code, issue.period, at) for code in rules.figures),
            columns=tuple(_columns(rules, items)),
            corrections=tuple(_corrections()),
            meeting=_meeting(day),
            compiled=_named(people, issue.compiled_by),
            reviewed=_named(people, issue.reviewed_by),
            signed=_named(people, issue.signed_by),
            roots=tuple(map(line_of, _seals(issue))),
            chain=_chain(at),
        )


def _named(people: dict[UUID, User], by: UUID | None) -> str:
    return people[by].name if by in people else ""


def _columns(rules: BulletinRules, items: list[Item]) -> Iterable[Column]:
    sources = _sources(rules, items)
    for code, rule in rules.columns.items():
        entries = tuple(_entry(one, sources[one.pk]) for one in items if one.column == code)
        yield Column(code=code, name=str(rule.name), note=rule.note or "", entries=entries)


def _entry(item: Item, source: str) -> Entry:
    told = {"id": str(item.pk), "heading": item.heading, "text": item.text, "path": item.public_path}
    return Entry(**told, source=item.who if item.is_quoted else source, is_quoted=item.is_quoted)


def _sources(rules: BulletinRules, items: list[Item]) -> dict[UUID, str]:
    """Who handles what an item tells of; two queries, and one for each kind of holder."""
    cases = {item.pk: case for item in items if (case := case_of(item))}
    held = Handover.objects.filter(case__in=cases.values(), role__in=HANDLERS).exclude(ending=Handover.Ending.UNDONE)
    parties: dict[UUID, list[tuple[str, UUID]]] = {}
    for pk, kind, party in held.order_by("handed_at", "pk").values_list("case_id", "party_kind", "party_id"):
        if (kind, party) not in parties.setdefault(pk, []):
            parties[pk].append((kind, party))
    known = names({party for ones in parties.values() for party in ones})
    return {
        item.pk: _source(rules.columns.get(item.column), item, cases.get(item.pk), parties, known) for item in items
    }


def case_of(item: Item) -> Case | None:
    """The matter's case."""
    return item.opinion.case if item.opinion else item.suggestion.case if item.suggestion else None


def _source(
    rule: ColumnRule | None,
    item: Item,
    case: Case | None,
    parties: dict[UUID, list[tuple[str, UUID]]],
    known: Mapping[tuple[str, str], str],
) -> str:
    held = parties.get(case.pk, []) if case else []
    units = _("、").join(known[kind, str(id)] for kind, id in held if kind == "unit" and (kind, str(id)) in known)
    deputies = [known[kind, str(id)] for kind, id in held if kind == "mandate" and (kind, str(id)) in known]
    told = []
    if item.suggestion:
        told.append(_("%(name)s代表领衔") % {"name": item.suggestion.lead.person.name})
    elif rule and rule.of == "said" and case and case.voices > 1:
        told.append(_("同声%(count)d人") % {"count": case.voices})
    elif rule and rule.of == "handled" and deputies:
        told.append(_("%(name)s代表跟办") % {"name": _("、").join(deputies)})
    return " · ".join(filter(None, [*told, units]))


def _number(code: str, period: Period, at: datetime) -> Number:
    one = figures.definition(code)
    now = Figure(one, period, at, one.count(period, at))
    before = None if one.is_so_far else Figure(one, period.before, at, one.count(period.before, at))
    return Number(
        code=code,
        name=str(one.name),
        counts=str(one.counts),
        among=str(one.among),
        unit=str(one.unit),
        told=now.counted.told(is_enough=now.is_enough),
        before=before.counted.told(is_enough=before.is_enough) if before else "",
        listed=now.counted.listed,
        unlisted=now.counted.unlisted,
    )


def _corrections() -> Iterable[Correction]:
    for erratum in Erratum.objects.filter(printed_in__isnull=True).select_related("issue"):
        yield Correction(number=erratum.issue.number or 0, words=erratum.words)


def _meeting(day: date) -> str:
    """When and at how many stations deputies receive next."""
    if (soonest := soonest_reception(day)) is None:
        return ""
    told = {"day": date_format(soonest.held_on, "DATE_FORMAT"), "hours": soonest.hours or ""}
    told["count"] = str(Station.objects.on(day).count())
    return _("下次见面：%(day)s%(hours)s。%(count)s个家、站、点、户") % told


def _seals(issue: Issue) -> Iterable[DaySeal]:
    """The seals of the month's days: of the record of this body, and of what belongs to no body."""
    days = (issue.period.starts_on, issue.period.ends_on)
    found = DaySeal.objects.filter(Q(body_id=issue.body_id) | Q(body_id=None), day__range=days)
    return found.only("day", "body_id", "part", "root").order_by("number")


def _chain(at: datetime) -> str:
    """The link that the chain of all seals had come to: it holds every seal of every body."""
    last = DaySeal.objects.filter(sealed_at__lte=at).order_by("-number").only("number", "link").first()
    return f"{last.number} {bytes(last.link).hex()}" if last else ""
