"""What may come into a column: public, looked at for privacy, of the month; and the words to begin with."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from lianxin.account.bulletin.models import Issue, Item
from lianxin.account.bulletin.models.item import HEADING, TEXT, WHO
from lianxin.account.bulletin.rules import ColumnRule
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import KIND, Privacy
from lianxin.affairs.opinions.previewing import public_place
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.cases.models import Case, Claimant, Handover, Reply
from lianxin.ground.core.clock import start_of
from lianxin.ground.core.events import names
from lianxin.ground.core.figures import Period
from lianxin.ground.core.models import Event
from lianxin.ground.core.paging import Page, page_by_key
from lianxin.ground.people.models import Region
from lianxin.lib.text import first_sentence, masked

SIZE = 12
SHARES = 8  # townships, and subjects, that the hint names
LONG = 100  # signs of what was said or answered that a text begins with
PLACES = ("case__region__parent__parent", "case__body__region")


@dataclass(frozen=True)
class Candidate:
    """A matter in the tray: what it is called, where and about what, and how often it was said."""

    kind: str
    id: str
    title: str
    about: str
    voices: int
    is_in: bool


@dataclass(frozen=True)
class Share:
    """How many entries are of one township or subject, and how many public matters of the month."""

    called: str
    chosen: int
    all: int

    @property
    def is_left_out(self) -> bool:
        """Whether many spoke of it, and no entry does."""
        return not self.chosen


def _moments(period: Period) -> tuple[Any, Any]:
    return start_of(period.starts_on), start_of(period.ends_on + timedelta(days=1))


def opinions_for(rule: ColumnRule, issue: Issue, user: Any) -> QuerySet[Opinion]:
    """The opinions from which a column is made, as this person may see them."""
    begins, ends = _moments(issue.period)
    found = Opinion.objects.visible_to(user).public().exclude(privacy=Privacy.FOUND).filter(case__kind=KIND)
    found = found.filter(case__merged_into__isnull=True)
    if rule.of == "said":
        return found.filter(case__opened_at__gte=begins, case__opened_at__lt=ends)
    moved = found.filter(case__changed_at__gte=begins)  # and perhaps again since the month was over
    if rule.of == "handled":
        sent = Reply.objects.filter(case=OuterRef("case"), sent_at__gte=begins, sent_at__lt=ends)
        return moved.filter(Exists(sent))
    return moved.filter(Exists(_happened(issue, "opinion").filter(kind="opinions.rated", texts__name="words")))


def _happened(issue: Issue, kind: str) -> QuerySet[Event]:
    """What happened in the month to the thing of the query outside."""
    begins, ends = _moments(issue.period)
    about = Event.objects.filter(subject_kind=kind, subject_id=OuterRef("pk"))
    return about.filter(happened_at__gte=begins, happened_at__lt=ends)


def tray(
    issue: Issue, code: str, rule: ColumnRule, user: Any, query: Mapping[str, str], rules: OpinionRules
) -> Page[Candidate]:
    """A page of them: what most said first, else what moved last."""
    order = ("-case__voices", "-id") if rule.of == "said" else ("-case__changed_at", "-id")
    page = page_by_key(opinions_for(rule, issue, user).select_related(*PLACES), order, query, size=SIZE)
    there = set(issue.items.filter(column=code).values_list("opinion", flat=True))
    rows = [_candidate(one, rules, is_in=one.pk in there) for one in page.rows]
    return Page(rows=rows, newer=page.newer, older=page.older)


def _candidate(one: Opinion, rules: OpinionRules, *, is_in: bool) -> Candidate:
    about = " · ".join(filter(None, [public_place(one.case.region, is_named=False), rules.subject(one.subject)]))
    return Candidate("opinion", str(one.pk), one.title, about, one.case.voices, is_in)


def suggestions_for(issue: Issue, user: Any) -> list[Candidate]:
    """Suggestions in which something happened in the month, the latest first."""
    found = Suggestion.objects.visible_to(user).public().select_related("case", "lead__person")
    moved = found.filter(Exists(_happened(issue, "suggestion"))).order_by("-case__changed_at", "-id")
    there = set(issue.items.values_list("suggestion", flat=True))
    return [
        Candidate("suggestion", str(one.pk), one.title, f"{one.number} · {one.state}", 1, one.pk in there)
        for one in moved[:SIZE]
    ]


def begun(issue: Issue, code: str, rule: ColumnRule, thing: Opinion | Suggestion) -> Item:
    """An item with the words to begin with, from what everybody may read of the matter; not saved."""
    item = Item(issue=issue, column=code)
    with override("zh-hans"):
        if isinstance(thing, Suggestion):
            item.suggestion, item.heading = thing, thing.title[:HEADING]
            item.text = _shortened(_answered(thing.case) or thing.advice or thing.title)
            return item
        item.opinion = thing
        if rule.of == "words":
            item.is_quoted, item.text = True, _words(thing)[:TEXT]
            place = public_place(thing.case.region, is_named=False)
            item.who = (_("%(place)s一位居民") % {"place": place})[-WHO:]
            return item
        item.heading = first_sentence(thing.title, HEADING)
        said = masked(thing.text) or thing.title
        item.text = _shortened(_answered(thing.case) if rule.of == "handled" else said)
    return item


def _shortened(text: str) -> str:
    """One paragraph of it, which ends where a sentence does, if it can."""
    line = "".join(part.strip() for part in text.splitlines())
    if len(line) <= LONG:
        return line
    cut = line[:LONG]
    ends = max(cut.rfind(mark) for mark in "。！？；")
    return cut[: ends + 1] if ends > LONG // 2 else cut[: LONG - 1] + "…"


def _answered(case: Case | None) -> str:
    """What was answered last, by whom, and what the resident says of it."""
    sent = Reply.objects.filter(case=case, sent_at__isnull=False).exclude(handover__role=Handover.Role.CO)
    last = sent.select_related("handover", "repeats__handover").order_by("-sent_at", "-pk").first()
    if case is None or last is None:
        return ""
    who = names([last.party]).get((last.party[0], str(last.party[1])), "")
    said = _("%(who)s答复：%(text)s") % {"who": who, "text": masked(last.text)}
    judged = case.outcome_by == Claimant.RESIDENT and case.get_outcome_display()
    return said + (_("居民说%(what)s。") % {"what": judged} if judged else "")


def _words(opinion: Opinion) -> str:
    """What the author wrote with the last rating."""
    rated = Event.objects.about("opinion", opinion.pk).filter(kind="opinions.rated", texts__name="words")
    said = rated.order_by("-happened_at").values_list("texts__text", flat=True).first() or ""
    return masked("".join(said.split()))


def balance(issue: Issue, items: Iterable[Item], user: Any, rules: OpinionRules) -> list[list[Share]]:
    """Of which townships, and of which subjects, the entries are, beside all that is public of the month, most first. Three queries."""
    begins, ends = _moments(issue.period)
    public = Opinion.objects.visible_to(user).public().filter(case__opened_at__gte=begins, case__opened_at__lt=ends)
    month = public.order_by().values_list("case__region", "subject").annotate(count=Count("pk"))
    ids = [item.opinion_id for item in items if item.opinion_id]
    chosen = Opinion.objects.filter(pk__in=ids).values_list("case__region", "subject")
    counted = [(*one, False) for one in month] + [(*one, 1, True) for one in chosen]
    regions = Region.objects.select_related("parent__parent").in_bulk({region for region, *_others in counted})
    found: list[Counter[tuple[str, bool]]] = [Counter(), Counter()]
    for region, subject, count, is_chosen in counted:
        found[0][public_place(regions[region], is_named=False), is_chosen] += count
        found[1][rules.subject(subject), is_chosen] += count
    return [_shares(one) for one in found]


def _shares(found: Counter[tuple[str, bool]]) -> list[Share]:
    month = Counter({name: count for (name, is_chosen), count in found.items() if name and not is_chosen})
    return [Share(name, found[name, True], count) for name, count in month.most_common(SHARES)]
