"""The words of an announcement: written, submitted, looked at by somebody else, published; corrected by the next wording."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianxin.account.publishing import sensitive
from lianxin.account.publishing.errors import (
    ChangedMeanwhile,
    NoConsent,
    NothingAsked,
    NothingChanged,
    NotPublished,
    OwnWords,
    TimesReversed,
    UnfinishedNews,
    UnseenAttachments,
    WrittenAlready,
)
from lianxin.account.publishing.kinds import WRITING
from lianxin.account.publishing.markdown import Read, read
from lianxin.account.publishing.models.announcement import Announcement
from lianxin.account.publishing.rules import PublishingRules
from lianxin.ground.cases.working import said
from lianxin.ground.core.clock import today
from lianxin.ground.core.models import Event, Record
from lianxin.ground.people.models import Body
from lianxin.ground.rulebook import in_force


class State(models.TextChoices):
    """Where a wording is."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("等人审")
    SENT_BACK = "sent_back", _("退回修改")
    PUBLISHED = "published", _("审过公布")
    REPLACED = "replaced", pgettext_lazy("wording", "已被更正")
    DROPPED = "dropped", pgettext_lazy("wording", "作废")


LONGEST_TITLE = 80
OPEN = (State.DRAFT, State.SENT_BACK)  # it may be written on
UNDER_WAY = (*OPEN, State.SUBMITTED)


class Words(NamedTuple):
    """What is written at once. `public_from` is the moment that is wished for, none for as soon as it is reviewed."""

    category: str
    title: str
    text: str
    public_from: datetime | None = None
    public_until: datetime | None = None
    change: str = ""


class WordingQuerySet(models.QuerySet["Wording"]):
    """Questions asked of wordings."""

    def public(self, at: datetime) -> Self:
        """What everybody may read at a moment, with whose it is. No job is needed: it is a condition of the question."""
        found = self.filter(state=State.PUBLISHED, public_from__lte=at, announcement__taken_down_at__isnull=True)
        found = found.filter(Q(public_until__isnull=True) | Q(public_until__gt=at))
        return found.select_related("announcement__body")


class Wording(Record):
    """文稿 One version of the words of an announcement. Who wrote or submitted it never publishes it: two persons.

    What was published stays as it was; a correction is the next version, and says what changed and why.
    """

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="wordings", verbose_name=_("消息"))
    number = models.IntegerField(_("版本"))
    category = models.CharField(_("消息类别"), max_length=40)
    title = models.CharField(_("题目"), max_length=LONGEST_TITLE)
    text = models.TextField(_("正文"), blank=True)
    change = models.CharField(_("更正说明"), max_length=240, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    edition = models.IntegerField(_("改动次数"), default=0)
    public_from = models.DateTimeField(_("公布时间"), null=True)
    public_until = models.DateTimeField(_("公布到"), null=True)
    drafted_at = models.DateTimeField(_("起草时间"))
    written_by = models.UUIDField(_("最后写的人"), null=True)
    reviewed_at = models.DateTimeField(_("审过时间"), null=True)
    reviewed_by = models.UUIDField(_("审的人"), null=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("文稿")
        indexes = [
            models.Index(fields=["public_from", "id"], condition=Q(state="published"), name="wording_public"),
            models.Index(fields=["state", "id"], name="wording_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "number"], name="wording_has_a_number"),
            models.UniqueConstraint(
                fields=["announcement"], condition=Q(state="published"), name="wording_is_public_alone"
            ),
            models.UniqueConstraint(
                fields=["announcement"],
                condition=Q(state__in=("draft", "submitted", "sent_back")),
                name="wording_is_written_alone",
            ),
            models.CheckConstraint(
                name="wording_is_reviewed_before_it_is_public",
                condition=Q(state__in=("published", "replaced"), reviewed_at__isnull=False, public_from__isnull=False)
                | Q(state__in=("draft", "submitted", "sent_back", "dropped"), reviewed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="wording_is_reviewed_by_another", condition=~Q(reviewed_by=F("written_by")) | Q(reviewed_by=None)
            ),
            models.CheckConstraint(
                name="wording_ends_after_it_begins",
                condition=Q(public_from=None) | Q(public_until=None) | Q(public_until__gt=F("public_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    # What it says

    @property
    def read(self) -> Read:
        """As readers see it."""
        return read(self.text)

    @property
    def html(self) -> SafeString:
        """The text as readers see it."""
        return self.read.html

    @property
    def findings(self) -> list[sensitive.Finding]:
        """What of private data stands in anything that everybody would read, or in an address that is linked."""
        text = self.read
        parts = {_("题目"): self.title, _("正文"): text.plain, _("更正说明"): self.change, _("链接"): text.links}
        return sensitive.findings({str(name): words for name, words in parts.items()} | self._asked())

    def _asked(self) -> dict[str, str]:
        """The questions that go along, and what can be chosen."""
        if self.announcement_id is None or not (call := getattr(self.announcement, "call", None)):
            return {}
        asked = [line for question in call.questions.all() for line in (question.text, *question.choices)]
        return {str(_("问题")): "\n".join(asked)}

    @property
    def corrected_at(self) -> datetime | None:
        """When readers were given these words for others; None for the first, and where nobody had read the others yet."""
        if self.number == 1 or not self.reviewed_at or not self.public_from or self.reviewed_at <= self.public_from:
            return None
        return self.reviewed_at

    @property
    def told_at(self) -> datetime:
        """When readers were first given these words. Only of what was reviewed."""
        assert self.public_from
        assert self.reviewed_at
        return max(self.public_from, self.reviewed_at)

    def has_begun(self, at: datetime) -> bool:
        """Whether these published words were read by then: what corrects them is read as soon as it is reviewed."""
        return self.public_from is not None and self.public_from <= at

    def is_written_by(self, user: UUID | None) -> bool:
        """Whether this person wrote at it or submitted it. One query."""
        about = Event.objects.about("announcement", self.announcement_id)
        return about.filter(kind__in=WRITING, by_id=user, facts__version=self.number).exists()

    # Verbs

    @classmethod
    def begin(cls, body: Body, words: Words, *, id: UUID, by: UUID, at: datetime) -> "Wording":  # noqa: A002
        """The first wording of something new; `id` names it. Raises TimesReversed."""
        _check_times(words)
        with transaction.atomic():
            announcement = Announcement.objects.create(pk=id, body=body)
            made = cls.objects.create(
                announcement=announcement, number=1, drafted_at=at, written_by=by, **words._asdict()
            )
            announcement.tell("publishing.drafted", made, by=by, at=at)
        return made

    @classmethod
    def correct(cls, announcement: Announcement, *, by: UUID, at: datetime) -> "Wording":
        """The next wording, which begins with the words that stand. Raises NotPublished, WrittenAlready."""
        with transaction.atomic():
            own = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
            if own.wordings.filter(state__in=UNDER_WAY).exists():
                raise WrittenAlready
            standing = own.wordings.filter(state=State.PUBLISHED).first()
            if standing is None:
                raise NotPublished
            last = own.wordings.aggregate(last=models.Max("number"))["last"]
            words = {name: getattr(standing, name) for name in Words._fields} | {"change": ""}
            made = cls.objects.create(announcement=own, number=last + 1, drafted_at=at, written_by=by, **words)
            announcement.tell("publishing.drafted", made, by=by, at=at)
        return made

    def rewrite(self, words: Words, *, edition: int, by: UUID, at: datetime) -> None:
        """Other words, of the edition that was read. Raises ChangedMeanwhile, TimesReversed."""
        _check_times(words)
        self._change(OPEN, edition, "publishing.rewritten", by, at, state=State.DRAFT, written_by=by, **words._asdict())

    def submit(self, *, edition: int, by: UUID, at: datetime) -> None:
        """Somebody else is to look at it. Raises as `must_be_whole`, and ChangedMeanwhile."""
        self.must_be_whole()
        self._change(OPEN, edition, "publishing.submitted", by, at, state=State.SUBMITTED)

    def must_be_whole(self) -> None:
        """Nothing is lacking that readers need. Raises UnfinishedNews, NothingChanged, NothingAsked."""
        if not self.title.strip() or not self.text.strip():
            raise UnfinishedNews
        if not self.change and self.announcement.wordings.filter(state=State.PUBLISHED).exists():
            raise NothingChanged
        category = in_force(today(), self.announcement.body_id).section(PublishingRules).categories.get(self.category)
        if category and category.asks and not self.announcement.asks_or_answers():
            raise NothingAsked

    def recall(self, *, edition: int, by: UUID, at: datetime) -> None:
        """Back to be written on, before anybody decided. Raises ChangedMeanwhile."""
        self._change((State.SUBMITTED,), edition, "publishing.recalled", by, at, state=State.DRAFT)

    def send_back(self, reason: str, *, edition: int, by: UUID, at: datetime) -> None:
        """Whoever looked at it asks for other words, and says which. Raises NoReason, ChangedMeanwhile."""
        texts = {"reason": said(reason)}
        self._change((State.SUBMITTED,), edition, "publishing.sent_back", by, at, texts=texts, state=State.SENT_BACK)

    def drop(self, *, edition: int, by: UUID, at: datetime) -> None:
        """It will not be published; it stays readable to the office. Raises ChangedMeanwhile."""
        self._change(OPEN, edition, "publishing.dropped", by, at, state=State.DROPPED)

    def publish(self, decided: Mapping[str, str], *, edition: int, by: UUID, at: datetime) -> None:
        """Somebody who did not write it found it fit for everybody: it is read from its moment on, else from now.

        `decided` says of each finding, by its key, why it may stand; or `sensitive.MASK`, and bars stand there instead.

        Raises OwnWords, UnseenAttachments, NoConsent, SensitiveLeft, CannotMask, ChangedMeanwhile.
        """
        with transaction.atomic():
            own = Announcement.objects.select_for_update(of=("self",)).get(pk=self.announcement_id)
            if self.is_written_by(by):
                raise OwnWords
            if own.attachments.unseen().exists():
                raise UnseenAttachments
            if own.is_untold_of():
                raise NoConsent
            judged = sensitive.judged(self.findings, decided)
            masked = {part: judged.masked(getattr(self, part)) for part in ("text", "change")}
            masked["title"] = judged.masked(self.title)[:LONGEST_TITLE]
            judged.check(Wording(announcement=self.announcement, **masked).findings)
            before = own.wordings.filter(state=State.PUBLISHED).first()
            own.wordings.filter(state=State.PUBLISHED).update(state=State.REPLACED)
            facts = {"found": len(judged.findings), "masked": len(judged.to_mask)}
            texts = {"stands": judged.told, "change": masked["change"]}
            self._change(
                (State.SUBMITTED,),
                edition,
                "publishing.published",
                by,
                at,
                facts=facts,
                texts={name: text for name, text in texts.items() if text},
                state=State.PUBLISHED,
                reviewed_at=at,
                reviewed_by=by,
                public_from=_begins(self.public_from, before, at),
                **masked,
            )
            Announcement.objects.filter(pk=own.pk).update(taken_down_at=None)

    def _change(
        self,
        states: tuple[State, ...],
        edition: int,
        kind: str,
        by: UUID,
        at: datetime,
        *,
        facts: Mapping[str, Any] | None = None,
        texts: Mapping[str, str] | None = None,
        **changes: Any,
    ) -> None:
        """Change once what stands as the page showed it, and write the event."""
        with transaction.atomic():
            mine = Wording.objects.filter(pk=self.pk, state__in=states, edition=edition)
            if not mine.update(edition=F("edition") + 1, **changes):
                raise ChangedMeanwhile
            self.refresh_from_db()
            self.announcement.tell(kind, self, by=by, at=at, facts=facts, texts=texts)


def _check_times(words: Words) -> None:
    if words.public_from and words.public_until and words.public_until <= words.public_from:
        raise TimesReversed


def _begins(wished: datetime | None, before: Wording | None, at: datetime) -> datetime | None:
    """What was read already is corrected where it stands; anything else begins as was wished, and never in the past."""
    if before and before.has_begun(at):
        return before.public_from
    return max(wished or at, at)
