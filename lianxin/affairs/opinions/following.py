"""One matter as its author sees it: where it is, what comes next and by when, what was answered, what may be done now."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lianxin.affairs.opinions import questions
from lianxin.affairs.opinions.doing import matter_of
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.opinions.thread import Step, Thread, day_said, holders_called, rail
from lianxin.ground.cases.models import Case, Claimant, Handover, Promise, Rating, Reply, Round
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Ref, names
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.messages import channels
from lianxin.ground.messages.models import Reach
from lianxin.ground.rulebook import in_force
from lianxin.ground.vault.actions import SeenOpening, openings_of

Stage, WaitsFor, Ending = Case.Stage, Case.WaitsFor, Case.Ending
Naming = Callable[[Iterable[tuple[str, UUID]]], Mapping[tuple[str, str], str]]


@dataclass(frozen=True)
class Answer:
    """A reply as residents read it: who, when, its class in words, and what was promised with it."""

    reply: Reply
    who: SafeString
    outcome: str
    promise: Promise | None
    files: list[File]

    @property
    def by_deputy(self) -> bool:
        """Whether a deputy explains; nobody may take that for a solution."""
        return self.reply.said_by == Claimant.DEPUTY


@dataclass(frozen=True)
class Now:
    """Where it is in one sentence, what is asked or to be known, and what comes next by when."""

    sentence: str
    hint: str = ""
    next: Step | None = None


def answers_of(case: Case, rules: OpinionRules, name: Naming = names) -> list[Answer]:
    """Every answer of a matter, oldest first, without what co-handlers gave to the lead. Two queries, and what `name` asks."""
    sent = Reply.objects.filter(case=case, sent_at__isnull=False).exclude(handover__role=Handover.Role.CO)
    replies = list(sent.select_related("handover", "repeats__handover", "round", "promised").order_by("sent_at", "pk"))
    if not replies:
        return []
    files: dict[UUID, list[File]] = {}
    for file in (
        File.objects.public().filter(owner_kind="reply", owner_id__in=[r.pk for r in replies]).order_by("position")
    ):
        files.setdefault(file.owner_id, []).append(file)
    known = name({reply.party for reply in replies})
    return [
        Answer(
            reply,
            holders_called([reply.party], known),
            rules.outcome(reply.outcome),
            getattr(reply, "promised", None),
            files.get(reply.pk, []),
        )
        for reply in replies
    ]


class Matter:
    """Everything on the page of one voice. The opinion was read with its case (`with_case`)."""

    def __init__(self, opinion: Opinion, at: datetime):
        self.opinion, self.at, self.day = opinion, at, day_of(at)
        self.main = matter_of(opinion)
        self.case = self.main.case
        self.rules = in_force(self.day, self.case.body_id).section(OpinionRules)
        self.thread = Thread(opinion, self.main, self.rules)

    @property
    def is_withdrawn(self) -> bool:
        """Whether its words are gone, because the author took it back or the days of keeping were over."""
        return self.opinion.erased_at is not None

    @property
    def is_merged(self) -> bool:
        """Whether it is handled as part of another matter."""
        return self.main.pk != self.opinion.pk

    @property
    def was_declined(self) -> bool:
        """Whether it was not taken."""
        return self.case.ending == Ending.DECLINED

    @property
    def withdrew(self) -> bool:
        """Whether it was the author who had it destroyed."""
        return self.thread.latest("opinions.withdrawn") is not None

    @property
    def declined_because(self) -> str:
        """Why it was not taken, as it was written for the author."""
        return self.thread.words_of("opinions.declined")

    @property
    def others(self) -> int:
        """How many others say the same: a number alone."""
        return max(self.case.voices - 1, 0)

    @property
    def question(self) -> str:
        """What the author is asked, as long as it waits for that."""
        return self.thread.words_of("opinions.more_asked") if self.case.waits_for == WaitsFor.AUTHOR else ""

    @property
    def may_tell(self) -> bool:
        """Whether something can be added or put right."""
        return not self.is_withdrawn and not self.case.has_ended

    @cached_property
    def answers(self) -> list[Answer]:
        """What was answered."""
        if not self.main.has_replies:
            return []
        return answers_of(self.case, self.rules, self.thread.name)

    @cached_property
    def openings(self) -> list[SeenOpening]:
        """Who opened the author's name."""
        return openings_of(self.opinion.pk)

    @cached_property
    def photos(self) -> list[File]:
        """The author's own files: photos first."""
        files = File.objects.of(Ref("opinion", self.opinion.pk)) if self.opinion.has_files else ()
        return sorted(files, key=lambda file: file.kind != FileKind.PHOTO)

    @cached_property
    def reach(self) -> Reach | None:
        """How the author is told."""
        return Reach.objects.open().filter(voice_id=self.opinion.pk).first()

    @property
    def told_by(self) -> str:
        """The way in which the author is told, in words; "" where in none."""
        return str(channels.WAYS[self.reach.channel].label) if self.reach else ""

    @cached_property
    def ratings(self) -> list[Rating]:
        """Every time the author was asked so far, the latest first."""
        if not self.main.has_replies:
            return []
        asked = Rating.objects.filter(voice_id=self.opinion.pk, asked_at__lte=self.at)
        return list(asked.select_related("round").order_by("-asked_at"))

    @property
    def open_rating(self) -> Rating | None:
        """The question that can be answered today."""
        still = [rating for rating in self.ratings if rating.given_at is None]
        return still[0] if still and still[0].due_on >= self.day and not self.is_withdrawn else None

    @cached_property
    def may_reopen(self) -> bool:
        """Whether the author may have it handled anew: after an answer, once."""
        if self.is_withdrawn or self.was_declined or not self.answers:
            return False
        if self.case.stage not in (Stage.ANSWERED, Stage.ENDED):
            return False
        if not self.is_merged:
            return self.thread.latest("opinions.reopened") is None
        return not self.case.rounds.filter(cause=Round.Cause.REOPENED).exists()

    @property
    def said_unsolved(self) -> bool:
        """Whether the author's last word is that it is not solved."""
        given = next((rating for rating in self.ratings if rating.given_at), None)
        return bool(given and given.solved != Rating.Solved.YES)

    @property
    def steps(self) -> list[Step]:
        """What happened, and what comes next."""
        ahead = self.now.next
        return [*self.thread.steps(), *([ahead] if ahead else [])]

    @property
    def rounds(self) -> list[dict[str, object]]:
        """The rail."""
        return rail(self.thread, self.case)

    @cached_property
    def now(self) -> Now:
        """Where it is."""
        if self.was_declined:
            return Now(_("没有收下，理由是："), _("觉得不对，可以换个说法重新反映，或者到接待日当面说。"))
        if self.case.has_ended:
            return self._ended()
        if self.case.waits_for == WaitsFor.AUTHOR:
            return self._asked()
        if self.case.waits_for == WaitsFor.JUDGING:
            return self._judging()
        return self._with_somebody()

    def _asked(self) -> Now:
        if self.is_merged:
            return Now(_("在等先说这件事的人补充，补充到了接着办。"), "", _ahead(_("接着办。")))
        clock = questions.reading(self.case, self.day)
        hint = _("补充之前，办理的期限先停着。")
        if clock is None or clock.due_on is None:
            return Now(_("有一点没弄清，请您补充几句。"), hint, _ahead(_("等您补充。")))
        told = {"day": day_said(clock.due_on)}
        hint = _("补充之前，办理的期限先停着。过了%(day)s没有等到，就照现有的接着办。") % told
        by = _("%(day)s前") % told
        return Now(_("有一点没弄清，请您%(day)s前补充几句。") % told, hint, _ahead(_("等您补充。"), by))

    def _ended(self) -> Now:
        if self.case.ending == Ending.UNJUDGED:
            return Now(_("办结了。到期没有评，记作“没有评”，不算满意。"))
        if self.open_rating:
            told = {"day": day_said(self.open_rating.due_on)}
            return Now(_("过了些日子，再问您一次：现在解决了没有？"), _("%(day)s前都可以评。") % told)
        if self.said_unsolved:
            return Now(_("您说还没有全解决，我们记下了。"))
        return Now(_("办结了。谢谢您告诉我们结果。"))

    def _judging(self) -> Now:
        answer = self.answers[-1]
        assert answer.reply.sent_at
        told = format_html(
            _("{day}，{who}答复：{outcome}。"),
            day=day_said(answer.reply.sent_at),
            who=answer.who,
            outcome=answer.outcome,
        )
        if self.open_rating is None:
            given = any(rating.given_at for rating in self.ratings)
            return Now(told, _("您评过了，还在等说同一件事的人来评。") if given else "")
        until = day_said(self.open_rating.due_on)
        sentence = format_html("{}<br>{}", told, _("请您去看一眼，再告诉我们：解决了没有？"))
        hint = _("%(day)s前都可以评。您不评，就记作“没有评”，不算满意。") % {"day": until}
        ahead = _("等您评。您说没解决，可以请我们再办一轮。")
        return Now(sentence, hint, _ahead(ahead, _("%(day)s前") % {"day": until}))

    def _with_somebody(self) -> Now:
        holder = self._holder()
        who = self._called(holder)
        late = self._late(holder.due_on)
        sentence: str
        if self.case.stage == Stage.RECEIVED:
            sentence = format_html(_("{who}收到了。"), who=who)
            promised = _("告诉您收下没有。")
        elif holder.role == Handover.Role.MEETING:
            sentence, promised = _("列入了集中研判，几家一起商量怎么办。"), _("集中研判，定下谁来办。")
        elif holder.role in Handover.OFFICES:
            sentence, promised = format_html(_("{who}收下了，正在安排谁来办。"), who=who), _("告诉您交给谁办。")
        elif holder.role == Handover.Role.TAKEN_UP:
            sentence, promised = format_html(_("{who}认领了，在跟着办。"), who=who), _("告诉您结果。")
        else:
            sentence, promised = format_html(_("在{who}手上。"), who=who), _("答复您。")
        by = _("%(day)s前") % {"day": day_said(holder.due_on)} if holder.due_on and not late else ""
        if by:
            sentence = format_html("{}<br>{}", sentence, _("%(by)s%(promised)s") % {"by": by, "promised": promised})
        return Now(sentence, late, _ahead(promised, by or _("尽快")))

    def _holder(self) -> Handover:
        """Who leads; where nobody does, whoever has it first."""
        running = list(self.case.handovers.running().order_by("handed_at", "pk"))
        return next((one for one in running if one.role != Handover.Role.CO), running[0])

    def _called(self, holder: Handover) -> SafeString:
        party = holder.party
        return holders_called([party], self.thread.name({party}))

    def _late(self, due_on: date | None) -> str:
        if due_on is None or due_on >= self.day:
            return ""
        return _("原定%(day)s，过了%(days)d天，我们在催。") % {
            "day": day_said(due_on),
            "days": (self.day - due_on).days,
        }


def _ahead(text: str, when: str = "") -> Step:
    return Step(text, when, state="next")
