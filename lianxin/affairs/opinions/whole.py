"""What is read of one opinion beside its words: its rounds, what was answered and promised, how it was judged."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianxin.affairs.opinions import lineage
from lianxin.affairs.opinions.lineage import Became
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.reading import Reading
from lianxin.ground.cases.models import Case, Handover, Rating, Reply, Round
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import names
from lianxin.ground.documents.models import File

Role, WaitsFor = Handover.Role, Case.WaitsFor
CAME_BACK = (Handover.Ending.RETURNED, Handover.Ending.PASSED_ON, Handover.Ending.TAKEN_BACK)  # it is handed over anew
CUT_SHORT = (Case.Ending.DECLINED, Case.Ending.WITHDRAWN, Case.Ending.MERGED)  # nothing more is to come
_SOON = Q(round__ratings__wave=Rating.Wave.SOON)
_GIVEN = _SOON & Q(round__ratings__given_at__isnull=False)
JUDGED = {  # of the round of a reply
    name: Count("round__ratings", filter=those)
    for name, those in {
        "asked": _SOON,
        "given": _GIVEN,
        "satisfied": _GIVEN & Q(round__ratings__satisfied=Rating.Satisfied.YES),
        "solved": _GIVEN & Q(round__ratings__solved=Rating.Solved.YES),
    }.items()
}


@dataclass
class WholeReading(Reading):
    """The same with everything that became of it."""

    @cached_property
    def replies(self) -> list[Reply]:
        """What was answered, with what was promised, and how the answers of its round were judged. One query where there is something."""
        if not self.opinion.has_replies:
            return []
        sent = self.case.replies.filter(sent_at__isnull=False).select_related(
            "round", "handover", "repeats__handover", "promised"
        )
        has_files = Exists(File.objects.filter(owner_kind="reply", owner_id=OuterRef("pk")))
        return list(sent.annotate(**JUDGED, has_files=has_files).order_by("sent_at"))

    def answers(self) -> list[dict[str, Any]]:
        """What was answered, by whom, how it was called and what came with it."""
        return [
            {
                "reply": one,
                "who": self.answerer(one),
                "outcome": self.rules.outcome(one.outcome),
                "files": self.attached.get(one.pk, []),
            }
            for one in self.replies
            if (one.handover.party_kind, str(one.handover.party_id)) in self.called
        ]

    def answerer(self, reply: Reply) -> str:
        """Who answered; one query where it repeats what was answered to a suggestion."""
        return next(iter(names([reply.party]).values())) if reply.repeats else self.who(reply.handover)

    @cached_property
    def attached(self) -> dict[UUID, list[File]]:
        """What was attached to each answer. One query where something was."""
        found: dict[UUID, list[File]] = {}
        if replies := [one.pk for one in self.replies if one.has_files]:  # type: ignore[attr-defined]
            for file in File.objects.filter(owner_kind="reply", owner_id__in=replies).order_by("position"):
                found.setdefault(file.owner_id, []).append(file)
        return found

    def promises(self) -> list[Any]:
        """What was promised."""
        return [one.promised for one in self.replies if hasattr(one, "promised")]

    @cached_property
    def ratings(self) -> list[dict[str, Any]]:
        """By round, how many were asked, answered, satisfied, and say it is solved."""
        rounds = {one.round.number: {name: getattr(one, name) for name in JUDGED} for one in self.replies}
        return [{"number": number} | judged for number, judged in sorted(rounds.items()) if judged["asked"]]

    @cached_property
    def joined(self) -> list[Opinion]:
        """Other voices that are handled with it, and may be seen by this person. Two queries where there are any."""
        if self.case.voices < 2:
            return []
        others = Opinion.objects.visible_to(self.user).filter(case__merged_into=self.case).select_related("case")
        return list(others.order_by("case__opened_at"))

    @property
    def not_public(self) -> str:
        """Why not everybody sees it."""
        if self.is_private or self.opinion.is_complaint:
            return _("大家看不到：不公开")
        if self.needs_a_look:
            return _("大家看不到：隐私还没有看")
        return _("大家还看不到：收下才公开") if self.case.stage == Case.Stage.RECEIVED else _("大家看不到了")

    def sentence(self) -> str:
        """Where it is, in one plain sentence."""
        if self.case.has_ended:
            return _("%(ending)s，%(day)s办结。") % {
                "ending": self.case.get_ending_display(),
                "day": date_format(day_of(self.case.ended_at or self.case.changed_at), "DATE_FORMAT"),
            }
        told = {
            "stage": self.case.get_stage_display(),
            "who": self.case.get_waits_for_display(),
            "chip": self.chip.words,
        }
        holders = pgettext("between names", "、").join(dict.fromkeys(one.who for one in self.held))
        if holders and self.case.waits_for not in (WaitsFor.AUTHOR, WaitsFor.JUDGING):
            return _("%(stage)s，在%(who)s手上，%(chip)s。") % (told | {"who": holders})
        return _("%(stage)s，等%(who)s，%(chip)s。") % told

    @cached_property
    def became(self) -> list[Became]:
        """What waits for it above: one query, where it was made part of something."""
        return lineage.of(self.opinion.pk) if any(one.role == Role.RAISED for one in self.handovers) else []

    def rounds(self) -> list[dict[str, Any]]:
        """The rail: one row of steps for each round; each began with a handover."""
        found = {handover.round.number: handover.round for handover in self.handovers}
        return [self._rail(one) for _number, one in sorted(found.items())]

    def _rail(self, one: Round) -> dict[str, Any]:
        own = [handover for handover in self.handovers if handover.round_id == one.pk]
        is_last = one.number == max((handover.round.number for handover in self.handovers), default=1)
        to_handle = (*Handover.UNITS, *Handover.DEPUTIES)
        handed = next((h.handed_at for h in own if h.role in to_handle and h.ending not in CAME_BACK), None)
        taken = next((h.handed_at for h in own if h.role not in (Role.SORT,)), None)
        replied = next(
            (reply.sent_at for reply in self.replies if reply.round_id == one.pk and reply.handover.role != Role.CO),
            None,
        )
        judged = next((r for r in self.ratings if r["number"] == one.number and r["given"]), None)
        moments = [
            (_("收到") if one.number == 1 else one.get_cause_display(), one.began_at),
            (_("收下") if one.number == 1 else _("重新看"), taken if one.number == 1 else one.began_at),
            (_("交办"), handed or (replied and taken)),
            (_("答复"), replied),
        ]
        steps = [_step(name, at) for name, at in moments]
        if is_last and self.case.ending in CUT_SHORT:
            over = _step(self.case.get_ending_display(), self.case.ended_at)
            steps = [*(step for step in steps if step["state"] == "done"), over]
        else:
            steps.append(self._judged(judged, is_last))
            _mark_now(steps, is_over=not is_last or self.case.has_ended)
        return {
            "name": _("第%(number)d轮") % {"number": one.number} if is_last and one.number > 1 else "",
            "steps": steps,
        }

    def _judged(self, judged: dict[str, Any] | None, is_last: bool) -> dict[str, str]:
        if judged is None:
            return {"name": _("评价"), "state": "next", "when": ""}
        is_solved = judged["solved"] == judged["given"]
        unsolved = _("没都解决") if judged["given"] > 1 else _("没解决")
        return {"name": _("解决了") if is_solved else unsolved, "state": "done" if is_solved else "no", "when": ""}


def _step(name: str, at: Any) -> dict[str, str]:
    when = date_format(day_of(at), _("n月j日")) if at else ""
    return {"name": str(name), "state": "done" if at else "next", "when": when}


def _mark_now(steps: list[dict[str, str]], *, is_over: bool) -> None:
    """The first step that has not come is where the matter is now, unless the round is over."""
    ahead = next((step for step in steps if step["state"] == "next"), None)
    if ahead and not is_over:
        ahead["state"] = "now"
