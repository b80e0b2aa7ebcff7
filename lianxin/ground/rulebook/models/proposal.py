"""Rules that somebody proposes, and that come into force once another person has approved them."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Ref, record
from lianxin.ground.core.models import Record
from lianxin.ground.rulebook.drafts import Draft, place_of
from lianxin.ground.rulebook.errors import (
    BasisChanged,
    DayPassed,
    DecidedAlready,
    NoReasonGiven,
    NothingInForce,
    OwnProposal,
    SameRules,
)
from lianxin.ground.rulebook.models.version import RulebookVersion

LONGEST_REASON = 500


class State(models.TextChoices):
    """Where a proposal is."""

    WAITING = "waiting", _("等人批准")
    SENT_BACK = "sent_back", _("已退回")
    APPROVED = "approved", _("已批准")
    WITHDRAWN = "withdrawn", _("已作废")


class ProposalQuerySet(models.QuerySet["RulesProposal"]):
    """Questions asked of proposals."""

    def waiting_for(self, user: UUID | None) -> Self:
        """Those that this person may decide about, as far as who proposed them goes."""
        return self.filter(state=State.WAITING).exclude(proposed_by_id=user)

    def sent_back(self) -> Self:
        """Those that have to be written on, the newest first."""
        return self.filter(state=State.SENT_BACK).order_by("-proposed_at", "-id")

    def under_way(self) -> Self:
        """Those that wait, and those that were sent back and not given up, the newest first; without their texts."""
        return self.filter(state__in=(State.WAITING, State.SENT_BACK)).defer("files").order_by("-proposed_at", "-id")


class RulesProposal(Record):
    """规则送审稿 Changed rules that were checked, proposed by one person, approved by another, in force from a day.

    `files` are the preset's own; the law is always today's. `based_on` is the version that would be replaced, the
    newest of the body (or of the platform) when it was proposed: where another came since, it is not approved.
    """

    preset = models.CharField(_("规则预设"), max_length=40)
    body_id = models.UUIDField(_("机构"), null=True)
    starts_on = models.DateField(_("施行日期"))
    files = models.JSONField(_("文件"))
    why = models.TextField(_("为什么改"))
    based_on = models.ForeignKey(RulebookVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("原来的"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    proposed_at = models.DateTimeField(_("提出时间"))
    proposed_by_id = models.UUIDField(_("提出的人"))
    decided_at = models.DateTimeField(_("定下时间"), null=True)
    decided_by_id = models.UUIDField(_("定下的人"), null=True)
    reason = models.TextField(_("退回的理由"), blank=True)
    version = models.OneToOneField(RulebookVersion, models.PROTECT, null=True, verbose_name=_("规则版本"))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("规则送审稿")
        indexes = [models.Index(fields=["state", "proposed_at", "id"], name="proposal_by_state")]
        constraints = [
            models.CheckConstraint(
                name="proposal_is_approved_by_another",
                condition=~Q(state="approved")
                | (Q(decided_by_id__isnull=False) & ~Q(decided_by_id=F("proposed_by_id"))),
            ),
            models.CheckConstraint(
                name="proposal_in_force_is_approved",
                condition=Q(version__isnull=True) | Q(state="approved"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.preset} {self.starts_on}"

    # What it says

    @cached_property
    def draft(self) -> Draft:
        """The rules as they would hold, under the law of today."""
        return Draft.under_law_of_today(self.preset, self.files)

    @property
    def texts(self) -> Mapping[str, str]:
        """Every text of it: as it was adopted, or as it would be today."""
        return dict(self.version.files) if self.version else self.draft.texts

    @property
    def place(self) -> str:
        """The place whose rules they are."""
        return place_of(self.preset, self.files)

    @property
    def replaced(self) -> Mapping[str, str]:
        """The texts that hold without it: of what it is based on, or of the platform's on that day; none where none do."""
        if self.based_on:
            return dict(self.based_on.files)
        try:
            return RulebookVersion.in_force(self.starts_on).texts
        except NothingInForce:
            return {}

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to decide."""
        return self.state == State.WAITING

    @property
    def may_be_given_up(self) -> bool:
        """Whether who proposed it can take it back."""
        return self.state in (State.WAITING, State.SENT_BACK)

    def must_be_fit(self, on: date) -> None:
        """Nothing but the other person's word is lacking on this day. Raises DayPassed, BasisChanged, RulesRefused."""
        if self.starts_on < on:
            raise DayPassed(self.starts_on)
        if _newest(self.body_id) != self.based_on:
            raise BasisChanged
        self.draft.preset()

    # Verbs

    @classmethod
    def propose(
        cls, draft: Draft, *, body_id: UUID | None, on: date, why: str, by: UUID, at: datetime
    ) -> "RulesProposal":
        """Changed rules wait for another person. Raises RulesRefused, SameRules, DayPassed, NoReasonGiven."""
        if on < day_of(at):
            raise DayPassed(on)
        preset, newest = draft.preset(), _newest(body_id)
        if newest and newest.content_hash == preset.version:
            raise SameRules
        with transaction.atomic():
            made = cls.objects.create(
                preset=draft.name,
                body_id=body_id,
                starts_on=on,
                files=dict(draft.own),
                why=_said(why),
                based_on=newest,
                proposed_at=at,
                proposed_by_id=by,
            )
            made._tell("rulebook.proposed", by, at, texts={"why": made.why})
        return made

    def approve(self, *, by: UUID, at: datetime) -> RulebookVersion:
        """Another person has read it: it comes into force on its day.

        Raises OwnProposal, DecidedAlready, as `must_be_fit`, and what adopting raises.
        """
        if by == self.proposed_by_id:
            raise OwnProposal
        with transaction.atomic():
            self._decide(State.APPROVED, by, at)
            self.must_be_fit(day_of(at))
            version = RulebookVersion.adopt(
                self.draft.preset(),
                body_id=self.body_id,
                by=by,
                at=at,
                on=self.starts_on,
                proposed_by=self.proposed_by_id,
            )
            RulesProposal.objects.filter(pk=self.pk).update(version=version)
        self.refresh_from_db()
        return version

    def send_back(self, reason: str, *, by: UUID, at: datetime) -> None:
        """Another person does not approve it, and says why. Raises OwnProposal, NoReasonGiven, DecidedAlready."""
        if by == self.proposed_by_id:
            raise OwnProposal
        reason = _said(reason)
        with transaction.atomic():
            self._decide(State.SENT_BACK, by, at, reason=reason)
            self._tell("rulebook.sent_back", by, at, texts={"reason": reason})

    def withdraw(self, *, by: UUID, at: datetime) -> None:
        """It is given up; what was said of it stays. Raises DecidedAlready."""
        with transaction.atomic():
            mine = RulesProposal.objects.filter(pk=self.pk, state__in=(State.WAITING, State.SENT_BACK))
            if mine.update(state=State.WITHDRAWN) != 1:
                raise DecidedAlready
            self.refresh_from_db()
            self._tell("rulebook.withdrawn", by, at)

    def _decide(self, state: State, by: UUID, at: datetime, **changes: Any) -> None:
        """Decide once what still waits."""
        mine = RulesProposal.objects.filter(pk=self.pk, state=State.WAITING)
        if mine.update(state=state, decided_by_id=by, decided_at=at, **changes) != 1:
            raise DecidedAlready
        self.refresh_from_db()

    def _tell(self, kind: str, by: UUID, at: datetime, texts: Mapping[str, str] | None = None) -> None:
        record(
            kind,
            subject=Ref("rules_proposal", self.id),
            by=by,
            at=at,
            body=self.body_id,
            facts={"preset": self.preset, "in_force_from": self.starts_on},
            texts=texts or {},
        )


def _newest(body_id: UUID | None) -> RulebookVersion | None:
    """The version that a new one of this body would follow."""
    return RulebookVersion.objects.filter(body_id=body_id).order_by("-in_force_from").first()


def _said(words: str) -> str:
    if not (words := words.strip()):
        raise NoReasonGiven
    return words[:LONGEST_REASON]
