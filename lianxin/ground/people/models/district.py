"""Electoral districts over places."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import LPad
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.events import Ref, record
from lianxin.ground.core.models import Record
from lianxin.ground.people.errors import districts as errors
from lianxin.ground.people.models.body import Body
from lianxin.ground.people.models.dated import Dated, DatedQuerySet
from lianxin.ground.people.models.region import Level, Region

NUMBER_LENGTH = 12


class DistrictQuerySet(DatedQuerySet["District"]):
    """Questions asked of electoral districts."""

    def visible_to(self, user: Any) -> Self:
        """Everybody may see every district."""
        return self

    def in_order(self) -> Self:
        """By number, the second before the tenth; `place_in_order` is what they are ordered by."""
        return self.annotate(place_in_order=LPad("number", NUMBER_LENGTH, Value("0"))).order_by("place_in_order", "id")

    def over(self, region: Region, day: date) -> Self:
        """Districts in which a place lay on that day: those that covered the place itself or one around it then."""
        covered = DistrictPart.objects.on(day).filter(district=OuterRef("pk"), region__in=region.path_ids_on(day))
        return self.on(day).filter(Exists(covered))


class Drawing(NamedTuple):
    """A district to be drawn: its number, its name, the places it covers, and its seats where they are known."""

    number: str
    name: str
    regions: Sequence[Region]
    seats: int | None = None


class District(Record, Dated):
    """选区 An electoral district of a congress. It covers whole places, each with the places in it."""

    congress = models.ForeignKey(Body, models.PROTECT, related_name="districts", verbose_name=_("人民代表大会"))
    number = models.CharField(_("编号"), max_length=NUMBER_LENGTH)
    name = models.CharField(_("名称"), max_length=80)
    seats = models.IntegerField(_("名额"), null=True, blank=True)

    objects = DistrictQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("选区")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["congress", "number"], condition=Q(ends_on__isnull=True), name="district_number_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("people:district", args=[self.pk])

    @classmethod
    def draw(
        cls, congress: Body, number: str, name: str, regions: Sequence[Region], *,
        seats: int | None = None, on: date | None, by: UUID | None, at: datetime,
    ) -> "District":  # fmt: skip
        """A new district over these places, from the day `on` (None: from ever).

        Raises DistrictNumberTaken, DistrictEmpty, PlaceOutsideCongress, PlaceInTwoDistricts.
        """
        drawing = Drawing(number, name, regions, seats)
        return cls.draw_all(congress, [drawing], on=on, by=by, at=at)[0]

    @classmethod
    def draw_all(
        cls, congress: Body, drawings: Sequence["Drawing"], *, on: date | None, by: UUID | None, at: datetime
    ) -> list["District"]:
        """New districts, all or none, with one look at what overlaps. Raises what `draw` raises."""
        with transaction.atomic():
            Body.objects.select_for_update().get(pk=congress.pk)
            numbers = [drawing.number for drawing in drawings]
            if taken := cls.objects.filter(congress=congress, number__in=numbers, ends_on__isnull=True).first():
                raise errors.DistrictNumberTaken(taken)
            districts = cls.objects.bulk_create(
                cls(congress=congress, number=d.number, name=d.name, seats=d.seats, starts_on=on) for d in drawings
            )
            for district, drawing in zip(districts, drawings, strict=True):
                district._cover(drawing.regions, on)
                district._tell("people.district_drawn", by, at, measures={"places": len(drawing.regions)})
            refuse_overlap(congress.id, on)
        return districts

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies where its congress lies; read the congress with its region beforehand."""
        return self.congress.access_scopes()

    def amend(self, changed: Iterable[str], *, by: UUID | None, at: datetime) -> None:
        """Number, name or seats were set anew. Raises DistrictEnded, DistrictNumberTaken."""
        if not (names := sorted(changed)):
            return
        with transaction.atomic():
            Body.objects.select_for_update().get(pk=self.congress_id)
            if ended := District.objects.filter(pk=self.pk, ends_on__isnull=False).first():
                raise errors.DistrictEnded(ended)
            others = District.objects.filter(congress=self.congress_id, number=self.number, ends_on__isnull=True)
            if taken := others.exclude(pk=self.pk).first():
                raise errors.DistrictNumberTaken(taken)
            self.save(update_fields=names)
            self._tell("people.district_changed", by, at, facts={"what": "+".join(names)})

    def redraw(self, regions: Sequence[Region], *, on: date, by: UUID | None, at: datetime) -> None:
        """From the day `on` it covers these places and no others; what it covered before stays known.

        Raises DistrictEnded, DistrictEmpty, PlaceOutsideCongress, PlaceInTwoDistricts.
        """
        wanted = {region.id: region for region in regions}
        with transaction.atomic():
            Body.objects.select_for_update().get(pk=self.congress_id)
            self._must_stand()
            kept = set()
            for part in self.parts.filter(ends_on__isnull=True):
                if part.region_id in wanted:
                    kept.add(part.region_id)
                else:
                    part.leave(on)
            self._cover([region for region in wanted.values() if region.id not in kept], on, kept=len(kept))
            refuse_overlap(self.congress_id, on)
            self._tell("people.district_redrawn", by, at, facts={"on": on}, measures={"places": len(wanted)})

    def close(self, *, on: date, by: UUID | None, at: datetime) -> None:
        """The day `on` is its last; its number is free from then on. Raises DistrictEnded, DaysReversed."""
        with transaction.atomic():
            if District.objects.filter(pk=self.pk).end(on) != 1:
                self._must_stand()
            self.ends_on = on
            self.parts.end(on)
            self._tell("people.district_closed", by, at, facts={"on": on})

    def left_out(self, regions: Sequence[Region] = ()) -> list[Region]:
        """Villages, and grids of villages that are cut up, which no district of the congress covers if this covers `regions`.

        Only those it covers now are looked at; with no `regions`, all that it alone covers. Two queries.
        """
        running = DistrictPart.objects.filter(district__congress=self.congress_id, ends_on__isnull=True)
        parts = list(running.select_related("region"))
        covering = [*regions, *(part.region for part in parts if part.district_id != self.pk)]
        covered = {region.id for region in covering}
        cut_up = {id for region in covering for id in region.path_ids}
        inside = Q(pk__in=[])
        for part in parts:
            if part.district_id == self.pk and part.region_id not in covered:
                inside |= Q(path__begins=part.region.path)
        places = Region.objects.standing().filter(inside, level__in=(Level.VILLAGE, Level.GRID)).order_by("code")
        out = [place for place in places if place.id not in cut_up and not covered & set(place.path_ids)]
        whole = {place.id for place in out}
        return [place for place in out if place.parent_id not in whole]

    def _must_stand(self) -> None:
        self.refresh_from_db()
        if self.ends_on:
            raise errors.DistrictEnded(self)

    def _cover(self, regions: Sequence[Region], on: date | None, kept: int = 0) -> None:
        if not regions and not kept:
            raise errors.DistrictEmpty(self)
        home = self.congress.region_id
        for region in regions:
            if home and home not in region.path_ids:
                raise errors.PlaceOutsideCongress(region, self.congress)
        DistrictPart.objects.bulk_create(DistrictPart(district=self, region=region, starts_on=on) for region in regions)

    def _tell(self, kind: str, by: UUID | None, at: datetime, **told: Any) -> None:
        record(kind, subject=Ref("district", self.id), by=by, at=at, body=self.congress_id, **told)


class DistrictPart(Record, Dated):
    """选区范围 A place that an electoral district covers."""

    district = models.ForeignKey(District, models.PROTECT, related_name="parts", verbose_name=_("选区"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="district_parts", verbose_name=_("地方"))

    objects = DatedQuerySet["DistrictPart"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("选区范围")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["district", "region"], condition=Q(ends_on__isnull=True), name="district_part_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district} {self.region}"

    def leave(self, on: date) -> None:
        """From the day `on` the place is no part of the district; a part that would begin later never was."""
        if self.starts_on and self.starts_on >= on:
            self.delete()
        else:
            self.ends_on = on - timedelta(days=1)
            self.save(update_fields=["ends_on"])

    def meets(self, other: "DistrictPart") -> bool:
        """Whether the two hold on a common day."""
        first, last = date.min, date.max
        return (self.starts_on or first) <= (other.ends_on or last) and (other.starts_on or first) <= (
            self.ends_on or last
        )


def districts_of(region: Region, day: date) -> list[District]:
    """The districts in which the place lay on that day, one a congress, with their congresses; at most three queries."""
    return list(District.objects.over(region, day).select_related("congress").order_by("congress_id", "number"))


def refuse_overlap(congress: UUID, on: date | None) -> None:
    """Raise PlaceInTwoDistricts, with all their names, where places lie in two districts of the congress on or after `on`.

    One query. Call it inside the transaction that changed the parts.
    """
    parts = DistrictPart.objects.filter(district__congress=congress).select_related("district", "region")
    if on:
        parts = parts.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    by_region: dict[UUID, list[DistrictPart]] = {}
    for part in parts:
        by_region.setdefault(part.region_id, []).append(part)
    clashes = {part.region: (part.district, other.district) for part, other in _meeting(by_region)}
    if clashes:
        (region, districts), *also = clashes.items()
        raise errors.PlaceInTwoDistricts(region, *districts, also=[place for place, _districts in also])


def _meeting(by_region: dict[UUID, list[DistrictPart]]) -> Iterable[tuple[DistrictPart, DistrictPart]]:
    """Parts of two districts that hold on a common day, of which one lies in the other or covers the same place."""
    for part in (part for parts in by_region.values() for part in parts):
        for other in (other for id in part.region.path_ids for other in by_region.get(id, ())):
            if other.district_id != part.district_id and part.meets(other):
                yield part, other
