"""A suggestion from its draft on: what it says, who leads and who joins it, and which opinions it stands on."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import OpinionQuerySet
from lianxin.ground.access.answering import reach
from lianxin.ground.cases.models import Case
from lianxin.ground.core.models import Record
from lianxin.ground.people.models import Mandate
from lianxin.ground.people.places.reaching import lies_within
from lianxin.lib.text import masked

SEE = "suggestions.see"
KIND = "suggestion"
STATES: Mapping[str, str | Promise] = {
    Case.WaitsFor.OFFICE: _("等审查交办"),
    Case.WaitsFor.DEPUTY: _("退给代表修改"),
    Case.WaitsFor.UNIT: _("单位在办"),
    Case.WaitsFor.JUDGING: _("答复了，等代表评价"),
}
ENDINGS: Mapping[str, str | Promise] = {
    Case.Ending.DECLINED: _("没有受理"),
    Case.Ending.JUDGED: _("代表评价了，办结"),
    Case.Ending.UNJUDGED: _("代表没有评价，办结"),
}
PARTS = ("title", "facts", "analysis", "advice")


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Questions asked of suggestions."""

    def visible_to(self, user: Any) -> Self:
        """What an office may see: what was submitted to a congress within its reach."""
        far, submitted = reach(user, SEE), self.filter(case__isnull=False)
        if far.everywhere:
            return submitted
        return submitted.filter(Q(case__body__in=far.ids("body")) | lies_within(far, "case__body__region__path"))

    def of_deputy(self, user: Any) -> Self:
        """What this person leads, or is asked to join or joined, in whatever mandate."""
        joined = Signature.objects.filter(suggestion=OuterRef("pk"), mandate__person__user=user.pk)
        return self.filter(Q(lead__person__user=user.pk) | Exists(joined)).filter(dropped_at__isnull=True)

    def public(self) -> Self:
        """What everybody may read."""
        return self.filter(is_public=True)

    def with_case(self) -> Self:
        """With case, body, place and who leads it, in one query."""
        return self.select_related(
            "case__body__region", "case__region__parent__parent", "lead__person", "lead__congress"
        )


class Suggestion(Record):
    """建议、批评和意见 What a deputy, alone or with others, asks of the organs of state: facts, analysis, advice.

    A draft until it is submitted: then it has a case, and a number. Its words change only as a draft, or where the office
    gave it back to be mended. The basis are opinions; nobody sees from it who said them (Law on Deputies, arts. 24, 36).
    """

    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="suggestion", verbose_name=_("事项"))
    lead = models.ForeignKey(Mandate, models.PROTECT, related_name="led", verbose_name=_("领衔代表"))
    title = models.CharField(_("题目"), max_length=80)
    facts = models.TextField(pgettext_lazy("part", "情况"), blank=True)
    analysis = models.TextField(_("分析"), blank=True)
    advice = models.TextField(pgettext_lazy("part", "建议"), blank=True)
    is_public = models.BooleanField(_("已公开"), default=False)
    edition = models.IntegerField(_("改动次数"), default=0)
    drafted_at = models.DateTimeField(_("起草时间"))
    submitted_at = models.DateTimeField(_("提出时间"), null=True)
    dropped_at = models.DateTimeField(_("作废时间"), null=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("建议、批评和意见")
        indexes = [
            models.Index(fields=["lead", "drafted_at"], name="suggestion_of_lead"),
            models.Index(fields=["submitted_at", "id"], condition=Q(is_public=True), name="suggestion_public"),
        ]
        constraints = [
            models.CheckConstraint(
                name="suggestion_has_a_case_once_submitted",
                condition=Q(case__isnull=True, submitted_at__isnull=True)
                | Q(case__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_is_public_once_submitted", condition=Q(is_public=False) | Q(case__isnull=False)
            ),
            models.CheckConstraint(
                name="suggestion_is_dropped_as_a_draft", condition=Q(dropped_at__isnull=True) | Q(case__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}《{self.title}》"

    @property
    def public_url(self) -> str:
        """Its page for everybody; empty while there is none."""
        return reverse("suggestions:public_suggestion", args=[self.pk]) if self.is_public else ""

    @property
    def public_title(self) -> str:
        """What everybody reads that it is called: what looks private stands hidden."""
        return masked(self.title)

    @property
    def state(self) -> str:
        """Where it is, in a word."""
        if self.case is None:
            return str(_("草稿"))
        if self.case.has_ended:
            return str(ENDINGS.get(self.case.ending, self.case.get_ending_display()))
        return str(STATES[self.case.waits_for])

    def get_absolute_url(self) -> str:
        """Its page at the desk."""
        return reverse("suggestions:suggestion", args=[self.pk])

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in the congress that it was submitted to."""
        if self.case:
            yield from self.case.body.access_scopes()

    @property
    def number(self) -> str:
        """Its number, once it has one."""
        return self.case.number if self.case else ""

    @property
    def known(self) -> Mapping[tuple[str, str], str]:
        """What the timeline on its own page calls it: its number, for the title stands above."""
        return {(KIND, str(self.pk)): self.number or f"《{self.title}》"}

    @property
    def digest(self) -> str:
        """Of its words as they stand: whoever joined it joined these (SHA-256 over the parts)."""
        return sha256("\x1e".join(getattr(self, part) for part in PARTS).encode()).hexdigest()

    @property
    def lacks(self) -> list[str]:
        """The parts that are still empty, as the page calls them."""
        return [called(part) for part in PARTS if not getattr(self, part).strip()]

    def opinions(self) -> OpinionQuerySet:
        """What it stands on, with their cases, but nothing that was withdrawn or whose words are gone."""
        return self.matters().filter(erased_at__isnull=True)

    def matters(self) -> OpinionQuerySet:
        """The same, also where the first voice was withdrawn: the matter may go on for others that were merged into it."""
        return Opinion.objects.with_case().filter(bases__suggestion=self.pk).order_by("said_on", "pk")

    def waiting(self) -> OpinionQuerySet:
        """The matters that are answered with this suggestion."""
        own = Basis.objects.filter(suggestion=self.pk, waits=True)
        return Opinion.objects.with_case().filter(pk__in=own.values("opinion")).order_by("said_on", "pk")

    def joined(self) -> "models.QuerySet[Signature]":
        """Who joined the words as they stand, in the order in which they did."""
        return self.signatures.signed(self.digest).select_related("mandate__person").order_by("signed_at", "pk")


def called(part: str) -> str:
    """What a part of a suggestion is called."""
    return str({field.name: field.verbose_name for field in Suggestion._meta.fields}[part])


class SignatureQuerySet(models.QuerySet["Signature"]):
    """Questions asked of signatures."""

    def signed(self, digest: str) -> Self:
        """Those under the very words with this digest."""
        return self.filter(signed_at__isnull=False, digest=digest)


class Signature(Record):
    """附议 A deputy is asked to join a suggestion, and joins it or does not. It holds for the words that were signed.

    `digest` is of those words: what is changed afterwards has to be signed anew, for joining means that the text is one's
    own true will.
    """

    suggestion = models.ForeignKey(
        Suggestion, models.PROTECT, related_name="signatures", verbose_name=_("建议、批评和意见")
    )
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="signatures", verbose_name=_("附议代表"))
    asked_at = models.DateTimeField(_("邀请时间"))
    signed_at = models.DateTimeField(_("附议时间"), null=True)
    refused_at = models.DateTimeField(_("不附议的时间"), null=True)
    digest = models.CharField(_("附议的文字"), max_length=64, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("附议")
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "mandate"], name="signature_is_asked_once"),
            models.CheckConstraint(
                name="signature_is_given_or_refused", condition=Q(signed_at__isnull=True) | Q(refused_at__isnull=True)
            ),
            models.CheckConstraint(
                name="signature_stands_under_words", condition=Q(signed_at__isnull=True, digest="") | ~Q(digest="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate} {self.suggestion}"


class Basis(Record):
    """依据 An opinion that a suggestion stands on. Of a theme of several each is one.

    While it `waits`, the opinion is answered with this suggestion; it waits for one at a time.
    """

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="bases", verbose_name=_("建议、批评和意见"))
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="bases", verbose_name=_("群众意见"))
    waits = models.BooleanField(_("等这件建议的答复"), default=False)

    class Meta:
        verbose_name = _("依据")
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "opinion"], name="basis_stands_once"),
            models.UniqueConstraint(fields=["opinion"], condition=Q(waits=True), name="basis_waits_for_one"),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion} {self.opinion}"
