"""What became of one voice, told to the one who spoke: steps in residents' words, round by round, and where it is now.

Everything is read from the record and the rows. Words of other people, and what offices and units write to each other
(why something was returned, taken back, redacted), never stand here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianxin.affairs.opinions.models import Channel, Opinion
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.cases.models import Case, Rating
from lianxin.ground.core.clock import day_of, today
from lianxin.ground.core.events import names
from lianxin.ground.core.models import Event, EventParty, EventText

HOLDERS = ("unit", "mandate", "body", "station")
OWN_WORDS = {  # texts that are the author's own, or were written for the author
    "opinions.told": "words",
    "opinions.more_told": "words",
    "opinions.corrected": "words",
    "opinions.rated": "words",
    "opinions.reopened": "reason",
    "opinions.declined": "reason",
    "opinions.more_asked": "question",
}
AGAIN = ("opinions.reopened", "opinions.promise_lapsed")  # with which another round begins


@dataclass(frozen=True)
class Step:
    """One thing that happened, as components/thread.html draws it."""

    text: str
    when: str = ""
    moment: str = ""
    kind: str = ""
    state: str = ""
    words: str = ""
    href: str = ""


def holders_called(parties: Iterable[tuple[str, UUID]], known: Mapping[tuple[str, str], str]) -> SafeString:
    """Who has it, by name in bold; deputies are called so, and their names stay as they are in every script."""
    called = []
    for kind, id in parties:
        if kind == "mandate":
            named = format_html('<b translate="no">{}</b>', known[kind, str(id)])
            called.append(format_html(_("{name}代表"), name=named))
        else:
            called.append(format_html("<b>{}</b>", known[kind, str(id)]))
    return format_html_join(pgettext("between names", "、"), "{}", ((one,) for one in called))


def day_said(moment: datetime | date) -> str:
    """A day as people say it, with its year where it is another one."""
    day = day_of(moment) if isinstance(moment, datetime) else moment
    return date_format(day, _("n月j日") if day.year == today().year else _("Y年n月j日"))


class Thread:
    """Every step of one voice. Takes three queries, and one for each kind of holder but the office and the station."""

    def __init__(self, opinion: Opinion, main: Opinion, rules: OpinionRules):
        self.opinion, self.main, self.rules = opinion, main, rules
        own = Event.objects.standing().about("opinion", opinion.pk).order_by("happened_at", "id")
        self.events = [event for event in own if event.kind in SAID]
        if main.pk != opinion.pk:
            since = next((e.happened_at for e in self.events if e.kind == "opinions.merged"), None)
            shared = Event.objects.standing().about("opinion", main.pk).filter(kind__in=SHARED)
            self.events += [e for e in shared if since and e.happened_at >= since]
            self.events.sort(key=lambda event: (event.happened_at, event.pk))
        ids = [event.pk for event in self.events]
        self.parties: dict[UUID, list[tuple[str, UUID]]] = {}
        for id, kind, party in EventParty.objects.filter(event__in=ids).values_list("event_id", "kind", "party_id"):
            if kind in HOLDERS:
                self.parties.setdefault(id, []).append((kind, party))
        self.texts = {
            (id, name): text
            for id, name, text in EventText.objects.filter(event__in=ids).values_list("event_id", "name", "text")
        }
        wanted = {party for parties in self.parties.values() for party in parties}
        self.names = {("body", str(main.case.body_id)): main.case.body.name}
        if opinion.station:
            self.names["station", str(opinion.station_id)] = opinion.station.name
        self.name(wanted)

    def name(self, parties: Iterable[tuple[str, UUID]]) -> Mapping[tuple[str, str], str]:
        """Names with those of these parties; one query for each kind of those that are not known yet."""
        self.names |= names((kind, id) for kind, id in parties if (kind, str(id)) not in self.names)
        return self.names

    def steps(self) -> list[Step]:
        """From the telling on, a line between rounds, the latest marked as where it is now."""
        made, number = [], 1
        for event in self.events:
            if event.kind in AGAIN:
                number += 1
                made.append(self._step(event))
                made.append(Step(_("第%(number)d轮") % {"number": number}, kind="round"))
            else:
                made.append(self._step(event))
        if made and made[-1].kind != "round" and not self.main.case.has_ended:
            made[-1] = replace(made[-1], state="now")
        return made

    def words_of(self, kind: str) -> str:
        """The author's words, or those written for the author, of the latest event of a kind."""
        found = [event for event in self.events if event.kind == kind and event.subject_id == self.opinion.pk]
        return self._words(found[-1]) if found else ""

    def latest(self, *kinds: str) -> Event | None:
        """The latest event of these kinds."""
        return next((event for event in reversed(self.events) if event.kind in kinds), None)

    def who(self, event: Event) -> SafeString:
        """Whom an event counts for; the office in charge where it counts for nobody."""
        return holders_called(self.parties.get(event.pk) or [("body", self.main.case.body_id)], self.names)

    def office(self) -> SafeString:
        """The office in charge."""
        return holders_called([("body", self.main.case.body_id)], self.names)

    def _step(self, event: Event) -> Step:
        kind = "" if event.kind in BY_AUTHOR else "clock" if event.kind in BY_TIME else "doc"
        href = f"#reply-{event.facts['round']}" if event.kind == "opinions.replied" else ""
        return Step(
            SAID[event.kind](self, event),
            day_said(event.happened_at),
            day_of(event.happened_at).isoformat(),
            kind,
            words=self._words(event),
            href=href,
        )

    def _words(self, event: Event) -> str:
        if event.subject_id != self.opinion.pk or event.kind not in OWN_WORDS:
            return ""
        return self.texts.get((event.pk, OWN_WORDS[event.kind]), "")


def _told(thread: Thread, event: Event) -> str:
    channel = Channel(event.facts["channel"])
    if channel == Channel.ONLINE:
        return _("您在网上说了这件事。")
    if channel == Channel.EMAIL:
        return _("您写邮件说了这件事。")
    return _("您说了这件事（%(channel)s），工作人员替您记下。") % {"channel": channel.label}


def _declined(thread: Thread, event: Event) -> str:
    causes = thread.rules.declines
    cause = causes[event.facts["cause"]].called if event.facts["cause"] in causes else event.facts["cause"]
    return format_html(_("{office}没有收：{cause}。"), office=thread.office(), cause=cause)


def _rated(thread: Thread, event: Event) -> str:
    told = {
        "satisfied": Rating.Satisfied(event.facts["satisfied"]).label,
        "solved": Rating.Solved(event.facts["solved"]).label,
    }
    return _("您评了：%(solved)s，%(satisfied)s。") % told


def _reopened(thread: Thread, event: Event) -> str:
    own = event.subject_id == thread.opinion.pk
    return _("您说没解决，请再办一轮。") if own else _("说同一件事的人说没解决，再办一轮。")


def _replied(thread: Thread, event: Event) -> str:
    outcome = thread.rules.outcome(event.facts["outcome"])
    return format_html(_("{who}答复：{outcome}。"), who=thread.who(event), outcome=outcome)


def _raised(thread: Thread, event: Event) -> str:
    """By its number alone: a title may tell of others who said the same."""
    told = names([("suggestion_number", UUID(event.facts["suggestion"]))])
    number = next(iter(told.values()))
    return format_html(
        _("{who}把它写进代表建议{number}提出来了，有答复就告诉您。"), who=thread.who(event), number=number
    )


def _listed(thread: Thread, event: Event) -> str:
    return _("列入%(day)s的集中研判。") % {"day": day_said(date.fromisoformat(event.facts["on"]))}


def _redacted(thread: Thread, event: Event) -> str:
    return _("遮盖了%(count)d处容易认出人的话，您的原话还在。") % {"count": event.facts["count"]}


def _plain(sentence: Callable[[], str]) -> Callable[[Thread, Event], str]:
    """A sentence that is always the same, or says who."""
    return lambda thread, event: format_html(sentence(), who=thread.who(event), office=thread.office())


SAID: dict[str, Callable[[Thread, Event], str]] = {
    "opinions.told": _told,
    "opinions.accepted": _plain(lambda: _("{office}收下了。")),
    "opinions.declined": _declined,
    "opinions.more_asked": _plain(lambda: _("{office}请您补充：")),
    "opinions.more_told": _plain(lambda: _("您补充：")),
    "opinions.more_overdue": _plain(lambda: _("没有等到补充，先接着办。")),
    "opinions.corrected": _plain(lambda: _("您更正：")),
    "opinions.shown_to": _plain(lambda: _("您改了谁能看到。")),
    "opinions.withdrawn": _plain(lambda: _("您撤回了。")),
    "opinions.hidden": _plain(lambda: _("{office}把它改为不公开。")),
    "opinions.redacted": _redacted,
    "opinions.merged": _plain(lambda: _("别人也说了同一件事，并在一起办。答复还是单独给您。")),
    "opinions.joined": _plain(lambda: _("又有人说了同一件事，并在一起办。")),
    "opinions.split": _plain(lambda: _("从并案里分出来，单独办。")),
    "opinions.handed_to_deputy": _plain(lambda: _("转给{who}。")),
    "opinions.handed_to_unit": _plain(lambda: _("交给{who}办。")),
    "opinions.handed_to_body": _plain(lambda: _("转给{who}。")),
    "opinions.listed": _listed,
    "opinions.taken_back": _plain(lambda: _("{office}从{who}收回，另行安排。")),
    "opinions.signed_in": _plain(lambda: _("{who}签收。")),
    "opinions.contacted": _plain(lambda: _("{who}开始核实、联系。")),
    "opinions.returned": _plain(lambda: _("{who}退回，{office}重新安排谁来办。")),
    "opinions.replied": _replied,
    "opinions.taken_up": _plain(lambda: _("{who}认领，跟着这件事。")),
    "opinions.raised": _raised,
    "opinions.raised_in_vain": _plain(lambda: _("建议不再办了，回到办公室重新安排谁来办。")),
    "opinions.passed_on": _plain(lambda: _("{who}转回办公室。")),
    "opinions.rated": _rated,
    "opinions.unjudged": _plain(lambda: _("到期没有评，记作“没有评”，不算满意。")),
    "opinions.reopened": _reopened,
    "opinions.promise_kept": _plain(lambda: _("答应的事做到了。")),
    "opinions.promise_lapsed": _plain(lambda: _("答应的日子到了，没有做到，再办一轮。")),
    "opinions.late": _plain(lambda: _("{who}过了期限还没有办完，已经催办。")),
    "opinions.handed_back": _plain(lambda: _("经办的人不在了，回到办公室重新安排。")),
    "opinions.code_reissued": _plain(lambda: _("换发了查询码，旧的不能用了。")),
    "opinions.erased": _plain(lambda: _("原话保存期满，销毁了。")),
}
SHARED = (
    "opinions.accepted",
    "opinions.handed_to_deputy",
    "opinions.handed_to_unit",
    "opinions.handed_to_body",
    "opinions.listed",
    "opinions.returned",
    "opinions.signed_in",
    "opinions.replied",
    "opinions.taken_up",
    "opinions.raised",
    "opinions.raised_in_vain",
    "opinions.reopened",
    "opinions.promise_kept",
    "opinions.promise_lapsed",
    "opinions.late",
)
BY_AUTHOR = ("opinions.told", "opinions.more_told", "opinions.corrected", "opinions.rated", "opinions.reopened")
BY_TIME = ("opinions.more_overdue", "opinions.unjudged", "opinions.promise_lapsed", "opinions.late", "opinions.erased")

RAIL = (
    (("opinions.told", *AGAIN), lambda number: _("收到") if number == 1 else _("重办")),
    (("opinions.accepted",), lambda number: _("收下")),
    (("opinions.handed_to_unit", "opinions.handed_to_deputy", "opinions.listed"), lambda number: _("交办")),
    (("opinions.replied",), lambda number: _("答复")),
    (("opinions.rated", "opinions.unjudged"), lambda number: _("您评")),
)


def rail(thread: Thread, case: Case) -> list[dict[str, object]]:
    """The five steps of every round with their days.

    A later round is not taken in again; what was written to a deputy lies there at once.
    """
    taken, handed = RAIL[1][0], RAIL[2][0]
    first = (taken, handed) if thread.opinion.mandate_id else ()
    rounds: list[list[Event]] = [[]]
    for event in thread.events:
        if event.kind in AGAIN:
            rounds.append([])
        rounds[-1].append(event)
    return [
        {
            "name": _("第%(number)d轮") % {"number": number} if len(rounds) > 1 else "",
            "steps": _rail_steps(
                events, number, first if number == 1 else (taken,), is_last=number == len(rounds) and not case.has_ended
            ),
        }
        for number, events in enumerate(rounds, 1)
    ]


def _rail_steps(
    events: list[Event], number: int, skipped: Sequence[tuple[str, ...]], *, is_last: bool
) -> list[dict[str, str]]:
    steps: list[dict[str, str]] = []
    for kinds, name in RAIL:
        found = [event for event in events if event.kind in kinds]
        if not found and kinds in skipped:
            continue
        when = date_format(day_of(found[-1].happened_at), pgettext("short", "n月j日")) if found else ""
        steps.append({"name": name(number), "when": when, "state": "done" if found else "next"})
    reached = max((at for at, step in enumerate(steps) if step["state"] == "done"), default=0)
    for step in steps[:reached]:
        step["state"] = "done"
    if is_last:
        steps[reached]["state"] = "now"
    return steps
