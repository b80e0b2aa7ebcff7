"""Households that agreed that deputies keep contact with them."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.contact.errors import Ahead, NoConsent, NotAVillage
from lianxin.affairs.contact.places import places_of, whole_name
from lianxin.ground.access.answering import reach
from lianxin.ground.core.clock import day_of, today
from lianxin.ground.core.events import Entry, Party, Place, Ref, record_all
from lianxin.ground.core.models import Record
from lianxin.ground.people.models import Body, Mandate, Region
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.places.reaching import lies_within
from lianxin.ground.vault import actions as vault
from lianxin.ground.vault.errors import AlreadyErased
from lianxin.ground.vault.models import Cause
from lianxin.ground.vault.particulars import Particulars

if TYPE_CHECKING:
    from lianxin.affairs.contact.models.tie import Tie

SEE = "contact.see"
BATCH = 500


class HouseholdQuerySet(models.QuerySet["Household"]):
    """Questions asked of households."""

    def visible_to(self, user: Any) -> Self:
        """Those in somebody's reach, and those that the deputy keeps contact with today."""
        from lianxin.affairs.contact.models.tie import Tie

        if (far := reach(user, SEE)).everywhere:
            return self
        own = Tie.objects.on(today()).own(user).filter(toward_kind=Household.KIND).values("toward_id")
        inside = Q(body_id__in=far.ids("body")) | lies_within(far, "region__path")
        return self.filter(inside | Q(pk__in=own))

    def agreeing(self) -> Self:
        """Those whose consent stands."""
        return self.filter(consent=Household.State.GIVEN)


@dataclass(frozen=True)
class Consent:
    """同意 How a household agreed: by which way, on which day, asked by which deputy (None: by the office)."""

    way: str
    on: date
    asked_by: Mandate | None = None


class Household(Record):
    """联系户 A household that deputies keep contact with, since it agreed. Who it is lies in the vault alone.

    It is known by its village and its number there. Nothing else is kept of it: neither trade nor income nor health.
    """

    KIND = "household"
    LEVELS = (Level.VILLAGE, Level.GRID)

    class State(models.TextChoices):
        """Whether the consent stands."""

        GIVEN = "given", _("同意")
        WITHDRAWN = "withdrawn", _("撤回了同意")

    class Way(models.TextChoices):
        """How it agreed."""

        WRITTEN = "written", _("书面")
        SPOKEN = "spoken", _("当面口头")
        PHONE = "phone", _("电话")

    region = models.ForeignKey(Region, models.PROTECT, related_name="households", verbose_name=_("村、社区"))
    number = models.IntegerField(_("编号"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="households", verbose_name=_("哪个人大的代表来联系"))
    consent = models.CharField(_("是否同意"), max_length=10, choices=State.choices, default=State.GIVEN)
    way = models.CharField(_("同意方式"), max_length=10, choices=Way.choices)
    consented_on = models.DateField(_("同意日期"))
    asked_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+", verbose_name=_("谁征求的"))
    withdrawn_on = models.DateField(_("撤回日期"), null=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("联系户")
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="household_number_stands_once_in_a_village"),
            models.CheckConstraint(
                name="household_withdrew_on_a_day",
                condition=Q(consent="given", withdrawn_on=None) | Q(consent="withdrawn", withdrawn_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.number}"

    @property
    def called(self) -> str:
        """Its village and its number there: 石桥镇柳溪村3号户. Read the village and what it lies in beforehand."""
        return gettext("%(village)s%(number)s号户") % {"village": whole_name(self.region), "number": self.number}

    @property
    def agrees(self) -> bool:
        """Whether its consent stands."""
        return self.consent == self.State.GIVEN

    def get_absolute_url(self) -> str:
        """Its page at the desk."""
        return reverse("contact:household", args=[self.pk])

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in the body whose deputies come, and in its village and the places around (read beforehand)."""
        yield "body", self.body_id
        yield from self.region.access_scopes()

    @classmethod
    def add(
        cls, region: Region, body: Body, told: Particulars, consent: Consent, *, by: UUID | None, at: datetime
    ) -> "Household":
        """A household agreed; who it is goes into the vault. Raises NotAVillage, Ahead, NothingTold."""
        return cls.add_all([(region, body, told, consent)], by=by, at=at)[0]

    @classmethod
    def add_all(
        cls, given: Sequence[tuple[Region, Body, Particulars, Consent]], *, by: UUID | None, at: datetime
    ) -> list["Household"]:
        """Households agreed: all of them are kept, or none; a handful of statements for every 500. Raises as `add`."""
        with transaction.atomic():
            numbers = cls._numbers({region.pk: region for region, _body, _who, _consent in given})
            households: list[Household] = []
            for region, body, _who, consent in given:
                if consent.on > day_of(at):
                    raise Ahead(consent.on)
                numbers[region.pk] += 1
                agreed = {"way": consent.way, "consented_on": consent.on, "asked_by": consent.asked_by}
                households.append(cls(region=region, body=body, number=numbers[region.pk], **agreed))
            Household.objects.bulk_create(households, batch_size=BATCH)
            kept = [
                (household.pk, who, body.pk, region.path_ids)
                for household, (region, body, who, _consent) in zip(households, given, strict=True)
            ]
            vault.keep_all(kept, by=by, at=at)
            places = places_of(region for region, _body, _who, _consent in given)
            record_all(
                one._entry("contact.household_added", by, at, places[one.region_id], one._how()) for one in households
            )
        return households

    @classmethod
    def _numbers(cls, regions: dict[UUID, Region]) -> dict[UUID, int]:
        """The last number given in each village, which is held until the transaction ends. Raises NotAVillage."""
        for region in regions.values():
            if region.level not in cls.LEVELS:
                raise NotAVillage(region)
        ids = sorted(regions)
        last: dict[UUID, int] = dict.fromkeys(ids, 0)
        for start in range(0, len(ids), BATCH):
            some = ids[start : start + BATCH]
            list(Region.objects.select_for_update(of=("self",)).filter(pk__in=some).order_by("pk").values_list("pk"))
            counted = cls.objects.filter(region__in=some).order_by().values_list("region").annotate(last=Max("number"))
            last.update(dict(counted))
        return last

    def agree_anew(self, told: Particulars, consent: Consent, *, by: UUID | None, at: datetime) -> None:
        """It agreed again, with who it is as it tells now: what the vault had of it is gone. Raises NoConsent, Ahead."""
        with transaction.atomic():
            self._hold()
            if consent.on > day_of(at):
                raise Ahead(consent.on)
            self.way, self.consented_on, self.asked_by = consent.way, consent.on, consent.asked_by
            self.save(update_fields=["way", "consented_on", "asked_by"])
            vault.keep(self.pk, told, by=by, at=at, body=self.body_id, places=self.region.path_ids)
            record_all([self._entry("contact.household_consented", by, at, self.region.place(), self._how())])

    def withdraw(self, *, by: UUID | None, at: datetime) -> None:
        """It agrees no more: who it is is erased, and its ties end; the one event counts for their deputies. Raises NoConsent."""
        with transaction.atomic():
            self._hold()
            self.consent, self.withdrawn_on = self.State.WITHDRAWN, day_of(at)
            self.save(update_fields=["consent", "withdrawn_on"])
            mandates = [Party("mandate", id, "deputy") for id in self._untie(self.withdrawn_on)]
            record_all(
                [
                    self._entry(
                        "contact.household_withdrew", by, at, self.region.place(), {"on": self.withdrawn_on}, mandates
                    )
                ]
            )
            with suppress(AlreadyErased):  # where somebody of it asked for that before
                vault.erase(self.pk, by=None, at=at, cause=Cause.WITHDRAWN)

    def _untie(self, on: date) -> list[UUID]:
        """End its ties; the mandates that were tied to it, in order."""
        running = self.ties().filter(until_on__isnull=True)
        ids = sorted(set(running.values_list("who_id", flat=True)))
        running.filter(from_on__gt=on).update(until_on=models.F("from_on"))  # one that would begin later never was
        running.filter(until_on__isnull=True).update(until_on=on)
        return ids

    def ties(self) -> "models.QuerySet[Tie]":
        """Its ties, also those that ended."""
        from lianxin.affairs.contact.models.tie import Tie

        return Tie.objects.toward(self.KIND, self.pk)

    def _hold(self) -> None:
        """Hold the row, read anew. Raises NoConsent where it withdrew."""
        held = Household.objects.select_for_update(of=("self",)).values("consent", "withdrawn_on").get(pk=self.pk)
        self.consent, self.withdrawn_on = held["consent"], held["withdrawn_on"]
        if not self.agrees:
            raise NoConsent(self)

    def _how(self) -> dict[str, Any]:
        return {"way": str(self.way), "on": self.consented_on}

    def _entry(
        self,
        kind: str,
        by: UUID | None,
        at: datetime,
        place: Place,
        facts: dict[str, Any],
        parties: Sequence[Party] = (),
    ) -> Entry:
        asker = [self.asked_by.party("asker")] if self.asked_by and kind != "contact.household_withdrew" else []
        return Entry(
            kind,
            subject=Ref(self.KIND, self.pk),
            by=by,
            at=at,
            body=self.body_id,
            place=place,
            parties=[*asker, *parties],
            facts=facts,
        )
