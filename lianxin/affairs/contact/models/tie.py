"""Ties: who keeps contact with whom, by which scheme, from when to when."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.contact.errors import AlreadyTied, NoConsent, NotByScheme, NotTied, OneSelf, UntilBeforeFrom
from lianxin.affairs.contact.models.household import BATCH, SEE, Household
from lianxin.affairs.contact.places import places_of
from lianxin.affairs.contact.rules import ContactRules, Scheme
from lianxin.ground.access.answering import reach
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Entry, Party, Place, Ref, names, record_all
from lianxin.ground.core.models import Record
from lianxin.ground.people.errors.mandates import MandateEnded
from lianxin.ground.people.models import Body, District, Mandate, Region
from lianxin.ground.people.places.reaching import lies_within
from lianxin.ground.rulebook import in_force

Other = Household | Mandate | District | Region | Body
KINDS: dict[type, str] = {
    Household: Household.KIND, Mandate: "mandate", District: "district", Region: "region", Body: "body",
}  # fmt: skip


class TieQuerySet(models.QuerySet["Tie"]):
    """Questions asked of ties."""

    def visible_to(self, user: Any) -> Self:
        """Those in somebody's reach, and a deputy's own."""
        if (far := reach(user, SEE)).everywhere:
            return self
        inside = Q(body_id__in=far.ids("body")) | lies_within(far, "region__path")
        return self.filter(inside | Q(who_kind=Tie.MANDATE, who_id__in=_mandates_of(user)))

    def on(self, day: date) -> Self:
        """Those that hold on this day: from their first day on, and before the day on which they are no more."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)

    def running(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(until_on__isnull=True)

    def of(self, mandate: Mandate) -> Self:
        """Those by which this deputy keeps contact with others."""
        return self.filter(who_kind=Tie.MANDATE, who_id=mandate.pk)

    def own(self, user: Any) -> Self:
        """Those of all mandates of the person who signs in as this user."""
        return self.filter(who_kind=Tie.MANDATE, who_id__in=_mandates_of(user))

    def toward(self, kind: str, id: UUID) -> Self:
        """Those that lead to this household, mandate, district, place or body."""
        return self.filter(toward_kind=kind, toward_id=id)

    def tie(self, mandate: Mandate, other: Other, scheme: str, *, on: date, by: UUID | None, at: datetime) -> "Tie":
        """A deputy keeps contact with somebody or something from the day `on`, by this scheme.

        Raises NotByScheme, MandateEnded, NoConsent, AlreadyTied, OneSelf.
        """
        return self.tie_all([(mandate, other)], scheme, on=on, by=by, at=at)[0]

    def tie_all(
        self,
        pairs: Sequence[tuple[Mandate, Other]],
        scheme: str,
        *,
        on: date,
        by: UUID | None,
        at: datetime,
    ) -> list["Tie"]:
        """Ties by one scheme, all or none; a handful of statements for every 500. Raises as `tie`.

        Read the persons and congresses of mandates, and the places of all, beforehand.
        """
        rules = in_force(day_of(at)).section(ContactRules)
        for mandate, other in pairs:
            _refuse_unfit(rules.schemes.get(scheme), rules.name(scheme), mandate, other)
        with transaction.atomic():
            _hold(pairs)
            ties = [Tie.between(mandate, other, scheme, on) for mandate, other in pairs]
            _refuse_second(ties, pairs)
            Tie.objects.bulk_create(ties, batch_size=BATCH)
            places = places_of(tie.region for tie in ties if tie.region)
            record_all(
                tie._entry("contact.tied", by, at, places.get(tie.region_id or tie.pk, Place()), {"on": on})
                for tie in ties
            )
        return ties


class Tie(Record):
    """结对 That somebody keeps contact with somebody, by a scheme of the preset, from one day until before another.

    `who` is a mandate. `body` is the congress whose deputy it is, `region` where the other one lies: both are there so
    that lists of ten thousand ties are read from an index.
    """

    MANDATE = "mandate"

    who_kind = models.CharField(_("谁的种类"), max_length=20, default=MANDATE)
    who_id = models.UUIDField(_("谁"))
    toward_kind = models.CharField(_("联系谁的种类"), max_length=20)
    toward_id = models.UUIDField(_("联系谁"))
    scheme = models.CharField(_("结对方式"), max_length=40)
    body = models.ForeignKey(Body, models.PROTECT, related_name="ties", verbose_name=_("哪个人大"))
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="ties", verbose_name=_("地方"))
    from_on = models.DateField(_("从哪天起"))
    until_on = models.DateField(_("从哪天起不再联系"), null=True)

    objects = TieQuerySet.as_manager()

    class Meta:
        verbose_name = _("结对")
        indexes = [
            # all that `bound.short` asks of a deputy: with less, SQLite counts through `tie_of_scheme`, a thousand times
            models.Index(fields=["who_id", "scheme", "from_on"], name="tie_of_who"),
            models.Index(fields=["toward_id"], name="tie_toward"),
            models.Index(fields=["scheme", "from_on", "id"], name="tie_of_scheme"),
            models.Index(fields=["from_on", "id"], name="tie_list"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["who_kind", "who_id", "toward_kind", "toward_id", "scheme"],
                condition=Q(until_on__isnull=True),
                name="tie_runs_once",
            ),
            models.CheckConstraint(
                name="tie_ends_after_it_began", condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.from_on}"

    def get_absolute_url(self) -> str:
        """Its page at the desk."""
        return reverse("contact:tie", args=[self.pk])

    @property
    def runs(self) -> bool:
        """Whether nobody has ended it."""
        return self.until_on is None

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in the body whose deputy it is, and where the other one lies (read beforehand)."""
        yield "body", self.body_id
        if self.region:
            yield from self.region.access_scopes()

    @classmethod
    def between(cls, mandate: Mandate, other: Other, scheme: str, on: date) -> "Tie":
        """A tie that is not saved."""
        return cls(
            who_id=mandate.pk,
            toward_kind=KINDS[type(other)],
            toward_id=other.pk,
            scheme=scheme,
            body=mandate.congress,
            region=_region_of(other),
            from_on=on,
        )

    def end(self, *, on: date, by: UUID | None, at: datetime) -> None:
        """From the day `on` contact is no longer kept. Raises NotTied, UntilBeforeFrom."""
        if on < self.from_on:
            raise UntilBeforeFrom(self.from_on)
        with transaction.atomic():
            if Tie.objects.running().filter(pk=self.pk).update(until_on=on) != 1:
                self.refresh_from_db(fields=["until_on"])
                raise NotTied(self.until_on)
            self.until_on = on
            place = self.region.place() if self.region else Place()
            record_all([self._entry("contact.untied", by, at, place, {"on": on})])

    def _entry(self, kind: str, by: UUID | None, at: datetime, place: Place, facts: dict[str, Any]) -> Entry:
        parties = [Party(self.who_kind, self.who_id, "deputy")]
        if self.toward_kind == self.MANDATE:
            parties.append(Party(self.MANDATE, self.toward_id, "toward"))
        return Entry(
            kind,
            subject=Ref("tie", self.pk),
            by=by,
            at=at,
            body=self.body_id,
            place=place,
            parties=parties,
            facts=facts | {"scheme": self.scheme},
        )


def _mandates_of(user: Any) -> "models.QuerySet[Any, Any]":
    return Mandate.objects.filter(person__user=user.pk).values("pk")


def _region_of(other: Other) -> Region | None:
    if isinstance(other, Region):
        return other
    if isinstance(other, Mandate | District):
        return other.congress.region
    return other.region


def _refuse_unfit(rule: Scheme | None, name: str, mandate: Mandate, other: Other) -> None:
    """Raise what says that this deputy is not tied to that one by the scheme, or not at all."""
    fits = rule is not None and mandate.level in rule.who.levels and rule.toward.kind == KINDS[type(other)]
    if rule and isinstance(other, Mandate) and rule.toward_levels:
        fits = fits and other.level in rule.toward_levels
    if rule and isinstance(other, Region | Body):
        fits = fits and rule.toward == (other.level if isinstance(other, Region) else other.kind)
    if not fits:
        raise NotByScheme(name, mandate)
    if isinstance(other, Mandate) and other.person_id == mandate.person_id:
        raise OneSelf(mandate)
    if isinstance(other, Household) and not other.agrees:
        raise NoConsent(other)


def _hold(pairs: Sequence[tuple[Mandate, Other]]) -> None:
    """Hold mandates and households until the transaction ends. Raises MandateEnded, NoConsent."""
    mandates = {mandate.pk for mandate, _other in pairs} | {
        other.pk for _m, other in pairs if isinstance(other, Mandate)
    }
    for some in _batches(mandates):
        held = Mandate.objects.select_for_update(of=("self",)).filter(pk__in=some).order_by("pk")
        if ended := next((one for one in held.select_related("person") if one.ends_on), None):
            raise MandateEnded(ended)
    for some in _batches({other.pk for _mandate, other in pairs if isinstance(other, Household)}):
        rows = Household.objects.select_for_update(of=("self",)).filter(pk__in=some).order_by("pk")
        if gone := next((one for one in rows.select_related("region__parent") if not one.agrees), None):
            raise NoConsent(gone)


def _refuse_second(ties: Sequence[Tie], pairs: Sequence[tuple[Mandate, Other]]) -> None:
    """Raise AlreadyTied where two are tied by this scheme, or stand here twice."""
    there: set[tuple[UUID, UUID]] = set()
    for some in _batches({tie.who_id for tie in ties}):
        running = Tie.objects.running().filter(who_id__in=some, scheme=ties[0].scheme)
        there.update(running.values_list("who_id", "toward_id"))
    for tie, (mandate, _other) in zip(ties, pairs, strict=True):
        if (tie.who_id, tie.toward_id) in there:
            called = names([(tie.toward_kind, tie.toward_id)])[tie.toward_kind, str(tie.toward_id)]
            raise AlreadyTied(mandate, called)
        there.add((tie.who_id, tie.toward_id))


def _batches(ids: set[UUID]) -> Iterable[list[UUID]]:
    order = sorted(ids)
    return (order[start : start + BATCH] for start in range(0, len(order), BATCH))
