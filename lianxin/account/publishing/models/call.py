"""征求意见 What residents are asked until a day, what they answered, and where the result stands."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianxin.account.publishing.errors import AskedAlready, HiddenAlready, NotAsking, NotLonger, StillAsking
from lianxin.account.publishing.models.announcement import Announcement
from lianxin.account.publishing.models.wording import OPEN, Wording, Words
from lianxin.ground.cases.working import said
from lianxin.ground.core.clock import day_of, start_of
from lianxin.ground.core.events import record
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import EventText, Record
from lianxin.ground.people.models import Region

PROLONGED = "publishing.prolonged"
Asked = tuple[str, str, list[str]]  # what is asked, which kind of question, what may be chosen


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    WORDS = "words", _("自己写")
    ONE = "one", _("选一个")
    SEVERAL = "several", _("可以选几个")


class Call(Record):
    """征求意见 News that asks: anybody may answer from one day to another, without a name.

    The questions are reviewed with the first wording and never change after it was published. `results` is the news that
    tells what came of it, once it is over.
    """

    announcement = models.OneToOneField(Announcement, models.PROTECT, related_name="call", verbose_name=_("消息"))
    opens_on = models.DateField(_("开始日"))
    closes_on = models.DateField(_("截止日"))
    results = models.OneToOneField(
        Announcement, models.PROTECT, null=True, related_name="result_of", verbose_name=_("结果")
    )

    class Meta:
        verbose_name = _("征求意见")
        constraints = [
            models.CheckConstraint(name="call_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on")))
        ]

    def __str__(self) -> str:
        return f"{self.announcement} {self.opens_on}–{self.closes_on}"

    def runs_on(self, day: date) -> bool:
        """Whether it is answered that day."""
        return self.opens_on <= day <= self.closes_on

    def is_over(self, day: date) -> bool:
        """Whether nobody can answer any more."""
        return day > self.closes_on

    @classmethod
    def ask(
        cls,
        announcement: Announcement,
        asked: Sequence[Asked],
        *,
        opens_on: date,
        closes_on: date,
        by: UUID,
        at: datetime,
    ) -> "Call":
        """These are its questions now, before anybody reviewed them. Raises AskedAlready."""
        with transaction.atomic():
            own = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
            wording = own.wordings.filter(state__in=OPEN).first()
            if wording is None or own.wordings.filter(reviewed_at__isnull=False).exists():
                raise AskedAlready
            days = {"opens_on": opens_on, "closes_on": closes_on}
            call, _made = cls.objects.update_or_create(announcement=own, defaults=days)
            call.questions.all().delete()
            Question.objects.bulk_create(
                Question(call=call, number=number, text=text, kind=kind, choices=choices)
                for number, (text, kind, choices) in enumerate(asked, 1)
            )
            Wording.objects.filter(pk=wording.pk).update(edition=F("edition") + 1, written_by=by)
            own.tell("publishing.asked", wording, by=by, at=at, facts={"questions": len(asked)})
        return call

    def answer(self, told: dict[str, Any], *, id: UUID, region: Region | None, at: datetime) -> None:  # noqa: A002
        """Somebody answers; the same `id` twice is one answer. Raises NotAsking."""
        if not self.runs_on(day_of(at)):
            raise NotAsking
        try:
            with transaction.atomic():
                Answer.objects.create(pk=id, call=self, told=told, region=region, given_on=day_of(at))
                own = self.announcement
                day = start_of(day_of(at))  # the record of it is no nearer to the moment than the answer
                record("publishing.answered", subject=own.ref, by=None, at=day, body=own.body_id)
        except IntegrityError:
            if not Answer.objects.filter(pk=id).exists():
                raise

    def prolong(self, closes_on: date, reason: str, *, by: UUID, at: datetime) -> None:
        """Answers are taken until a later day, also where it was over; never for less long, for people were told the day.

        Raises NoReason, NotLonger, AskedAlready where its result is begun.
        """
        reason = said(reason)
        with transaction.atomic():
            held = Call.objects.select_for_update(of=("self",)).get(pk=self.pk)
            if held.results_id:
                raise AskedAlready
            if closes_on <= held.closes_on or closes_on < day_of(at):
                raise NotLonger(held.closes_on)
            Call.objects.filter(pk=self.pk).update(closes_on=closes_on)
            own, facts = self.announcement, {"was": held.closes_on, "to": closes_on}
            record(PROLONGED, subject=own.ref, by=by, at=at, body=own.body_id, facts=facts, texts={"reason": reason})
        self.refresh_from_db(fields=["closes_on"])

    def prolonged(self) -> list[tuple[date, str]]:
        """Until when it was answered before each time that it was prolonged, and why then, in order; one query."""
        own = self.announcement.ref
        told = EventText.objects.filter(event__subject_kind=own.kind, event__subject_id=own.id, event__kind=PROLONGED)
        read = told.order_by("event").values_list("event__facts__was", "text")
        return [(date.fromisoformat(was), reason) for was, reason in read]

    def write_results(self, title: str, text: str, *, by: UUID, at: datetime) -> Wording:
        """Begin the news that tells what came of it. Raises StillAsking, AskedAlready."""
        if not self.is_over(day_of(at)):
            raise StillAsking(self.closes_on)
        with transaction.atomic():
            if Call.objects.select_for_update(of=("self",)).get(pk=self.pk).results_id:
                raise AskedAlready
            standing = self.announcement.wordings.order_by("-number").first()
            category = standing.category if standing else ""
            made = Wording.begin(self.announcement.body, Words(category, title, text), id=new_id(), by=by, at=at)
            Call.objects.filter(pk=self.pk).update(results=made.announcement)
        return made


class Question(Record):
    """问题 One of a few things that a call asks; `choices` are what can be chosen, none where it is answered in words."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="questions", verbose_name=_("征求意见"))
    number = models.IntegerField(_("次序"))
    text = models.CharField(_("问什么"), max_length=200)
    kind = models.CharField(_("怎么答"), max_length=8, choices=QuestionKind.choices)
    choices = models.JSONField(_("可选的"), default=list)

    class Meta:
        verbose_name = _("问题")
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="question_has_a_number")]

    def __str__(self) -> str:
        return self.text


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Questions asked of answers."""

    def counted(self) -> Self:
        """Those that nobody hid."""
        return self.filter(hidden_at__isnull=True)


class Answer(models.Model):
    """答卷 What somebody answered: no name, no address, no moment but the day. Its id is by chance, for other ids hold a moment.

    It is no opinion: nobody follows it, and no case comes of it. `told` is by number of the question: words, or the places
    of what was chosen. A hidden one is kept and not counted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="answers", verbose_name=_("征求意见"))
    given_on = models.DateField(_("哪天答的"))
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name=_("乡镇街道"))
    told = models.JSONField(_("答的"))
    hidden_at = models.DateTimeField(_("不计入的时间"), null=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("答卷")
        indexes = [models.Index(fields=["call", "given_on", "id"], name="answer_of_call")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.given_on}"

    def hide(self, reason: str, *, by: UUID, at: datetime) -> None:
        """It is kept, and not counted. Raises NoReason, HiddenAlready."""
        reason = said(reason)
        with transaction.atomic():
            if not Answer.objects.filter(pk=self.pk, hidden_at__isnull=True).update(hidden_at=at):
                raise HiddenAlready
            self._tell("publishing.answer_hidden", by, at, {"reason": reason})

    def show(self, *, by: UUID, at: datetime) -> None:
        """It counts again. Raises HiddenAlready."""
        with transaction.atomic():
            if not Answer.objects.filter(pk=self.pk, hidden_at__isnull=False).update(hidden_at=None):
                raise HiddenAlready
            self._tell("publishing.answer_shown", by, at, {})

    def _tell(self, kind: str, by: UUID, at: datetime, texts: dict[str, str]) -> None:
        own = self.call.announcement
        record(kind, subject=own.ref, by=by, at=at, body=own.body_id, facts={"answer": self.pk}, texts=texts)
