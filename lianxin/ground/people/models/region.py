"""Places, from the province to the grid."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Count, IntegerField, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Substr
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core import lookups  # noqa: F401 path__begins
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Place, Ref, record
from lianxin.ground.core.models import Record
from lianxin.ground.people.errors import places as errors
from lianxin.ground.people.models.dated import Dated, DatedQuerySet
from lianxin.ground.people.models.region_change import RegionChange
from lianxin.ground.people.pinyin import spell
from lianxin.ground.people.places.english import called
from lianxin.ground.people.places.names import place_name


class Level(models.TextChoices):
    """级别 The levels of places; the first five are those of the official division codes."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("地级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")
    VILLAGE = "village", _("村级")
    GRID = "grid", _("网格")

    @property
    def rank(self) -> int:
        """0 for a province, 5 for a grid."""
        return list(Level).index(self)


CODE_DIGITS = dict(zip(Level, (2, 4, 6, 9, 12, 15), strict=True))
GRIDS_A_VILLAGE = 999


class RegionQuerySet(DatedQuerySet["Region"]):
    """Questions asked of places."""

    def visible_to(self, user: Any) -> Self:
        """Everybody may see every place."""
        return self

    def standing(self) -> Self:
        """Places that were not merged or closed."""
        return self.filter(ends_on__isnull=True)

    def within(self, region: "Region") -> Self:
        """The place itself and everything in it, with what was merged into it."""
        return self.filter(path__begins=region.path)

    def with_parts_counted(self) -> Self:
        """Each place with `parts_count`, how many places stand directly in it, and `parts_level`, of which level."""
        parts = Region.objects.standing().filter(parent=OuterRef("pk")).order_by()
        number = parts.values("parent").annotate(number=Count("pk")).values("number")
        return self.annotate(
            parts_count=Coalesce(Subquery(number, output_field=IntegerField()), 0),
            parts_level=Subquery(parts.values("level")[:1]),
        )

    def named_like(self, words: str, around: "Region | None" = None) -> Self:
        """Places whose name, pinyin or initials begin with the words; in `around` also those that hold them.

        The whole country is answered from indexes; holding is asked of one place's rows only, for no index
        answers it. No words find nothing.
        """
        words = place_name(unicodedata.normalize("NFKC", words))
        latin = words.lower().replace(" ", "").replace("'", "")
        if not latin:
            return self.none()
        found = Q(name__begins=words)
        if latin.isascii():
            found |= Q(pinyin__begins=latin) | Q(initials__begins=latin)
        elif around:
            found |= Q(path__begins=around.path, name__contains=words)
        return self.filter(found)


class Region(Record, Dated):
    """地方 One place. Named by its id, never by its name: villages of one county share names.

    `path` holds the ids of the places around it and its own, from the top, each followed by a slash; it says
    where the place lies today. What it was called and where it lay before stands in RegionChange. A place that
    was merged lies in the one that took it in, so that what still points at it is found there.
    """

    code = models.CharField(_("区划代码"), max_length=16)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("级别"), max_length=8, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", verbose_name=_("上级"))
    path = models.CharField(max_length=400)
    pinyin = models.CharField(_("拼音"), max_length=160, blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=60, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    is_point_surveyed = models.BooleanField(_("位置为实测"), default=False)

    objects = RegionQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("地方")
        indexes = [  # how `begins` finds: see core.lookups
            models.Index(fields=["path"], name="region_path", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["name"], name="region_name", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["pinyin"], name="region_pinyin", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["initials"], name="region_initials", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["code"], name="region_code", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["parent", "code"], name="region_parts"),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["code"], condition=Q(ends_on__isnull=True), name="region_code_is_one_place_today"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("people:place", args=[self.pk])

    @property
    def called(self) -> str:
        """Its name for the reader: on English pages in Latin letters too, Liuxi Village 柳溪村."""
        return called(self.name, self.pinyin)

    @property
    def path_ids(self) -> list[UUID]:
        """The ids of the places around it and its own, from the top."""
        return [UUID(hex) for hex in self.path.rstrip("/").split("/")]

    @property
    def township_path(self) -> str:
        """Where the paths of everything near it begin: its township's path; its own, where it lies in none."""
        return self._path_of(Level.TOWNSHIP)

    @property
    def county_path(self) -> str:
        """The same of its county."""
        return self._path_of(Level.COUNTY)

    def _path_of(self, level: Level) -> str:
        below = Level(self.level).rank - level.rank
        return "".join(f"{id.hex}/" for id in self.path_ids[:-below]) if below > 0 else self.path

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in itself and in every place around it."""
        return [("place", id) for id in self.path_ids]

    def around(self) -> list["Region"]:
        """The places around it and itself, from the top; one query."""
        return sorted(Region.objects.filter(id__in=self.path_ids), key=lambda region: len(region.path))

    def place(self) -> Place:
        """Where an event happens that happens here; one query. A merged place has the code of what took it in."""
        codes = {region.level: region.code for region in reversed(self.around())}
        return Place(*(codes.get(level, "") for level in (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)))

    def full_name(self) -> str:
        """Its name after those of the places around it below the county; one query."""
        shown = (Level.TOWNSHIP, Level.VILLAGE, Level.GRID)
        return "".join(region.name for region in self.around() if region.level in shown) or self.name

    # What was on a day

    def name_on(self, day: date) -> str:
        """What it was called on that day; one query."""
        later = self._first_change_after(day, RegionChange.Kind.RENAMED)
        return later.name_before if later else self.name

    def code_on(self, day: date) -> str:
        """Which code it had on that day; one query."""
        later = self._first_change_after(day, RegionChange.Kind.RECODED)
        return later.code_before if later else self.code

    def path_ids_on(self, day: date) -> list[UUID]:
        """The ids of the places around it on that day and its own, from the top; one query where nothing moved since."""
        moves = (RegionChange.Kind.MOVED, RegionChange.Kind.MERGED)
        if not RegionChange.objects.filter(region__in=self.path_ids, kind__in=moves, happened_on__gt=day).exists():
            return self.path_ids
        ids, here = [self.id], self
        while True:
            later = here._first_change_after(day, *moves)
            parent = later.parent_before if later else here.parent
            if parent is None:
                return ids[::-1]
            ids.append(parent.id)
            here = parent

    def _first_change_after(self, day: date, *kinds: str) -> RegionChange | None:
        return self.changes.filter(kind__in=kinds, happened_on__gt=day).order_by("happened_on", "id").first()

    # Verbs. Each takes the day it holds from, changes the row, keeps what was before, and leaves one event.

    def rename(self, name: str, *, on: date, by: UUID | None, at: datetime, paper: str = "") -> None:
        """From the day `on` it is called `name`. Raises RegionNameKept and what every verb raises (see _changing)."""
        name = name.strip()
        with transaction.atomic():
            self._changing(on, at)
            if not name or name == self.name:
                raise errors.RegionNameKept(self)
            before, (pinyin, initials) = self.name, spell(name)
            self._was(RegionChange.Kind.RENAMED, on, paper, name_before=before)
            self._set(name=name, pinyin=pinyin, initials=initials)
            self._tell("people.region_renamed", on, by, at, paper, texts={"before": before, "after": name})

    def recode(self, code: str, *, on: date, by: UUID | None, at: datetime, paper: str = "") -> None:
        """From the day `on` its code is `code`. Raises RegionCodeUnfit, RegionCodeTaken."""
        Region.recode_all([(self, code)], on=on, by=by, at=at, paper=paper)

    @classmethod
    def recode_all(
        cls, codes: Sequence[tuple["Region", str]], *, on: date, by: UUID | None, at: datetime, paper: str = ""
    ) -> None:
        """From the day `on` each place has its new code, which another of them may have had. Raises as `recode`."""
        with transaction.atomic():
            for region, code in codes:
                region._changing(on, at)
                if not (code.isascii() and code.isdigit() and len(code) == CODE_DIGITS[Level(region.level)]):
                    raise errors.RegionCodeUnfit(region, code, CODE_DIGITS[Level(region.level)])
            others = cls.objects.standing().exclude(pk__in=[region.pk for region, _code in codes])
            if taken := others.filter(code__in=[code for _region, code in codes]).first():
                raise errors.RegionCodeTaken(taken)
            before = [region.code for region, _code in codes]
            for number, (region, _code) in enumerate(codes):
                region._set(code=f"~{number}")  # out of the way of each other
            for (region, code), old in zip(codes, before, strict=True):
                region._was(RegionChange.Kind.RECODED, on, paper, code_before=old)
                region._set(code=code)
                region._tell("people.region_recoded", on, by, at, paper, facts={"before": old, "after": code})

    def move(self, to: "Region", *, on: date, by: UUID | None, at: datetime, paper: str = "") -> None:
        """From the day `on` it lies in `to`, with everything in it. Raises RegionCannotLieThere, PlaceInTwoDistricts."""
        from lianxin.ground.people.places.carrying import carry_moved  # districts lie over places

        with transaction.atomic():
            self._changing(on, at)
            to._must_stand()
            if to.id == self.parent_id or Level(to.level).rank >= Level(self.level).rank:
                raise errors.RegionCannotLieThere(self, to)
            before, around = self.parent_id, self.path_ids[:-1]
            self._was(RegionChange.Kind.MOVED, on, paper, parent_before_id=before)
            self._lie_in(to)
            carry_moved([self], around, on)
            self._tell("people.region_moved", on, by, at, paper, facts={"before": before, "after": to.id})

    def merge_into(self, other: "Region", *, on: date, by: UUID | None, at: datetime, paper: str = "") -> None:
        """From the day `on` it is part of `other`: what lay in it lies there, and its last day is the day before.

        Its electoral districts follow (see places.carrying). Raises RegionCannotMerge, PlaceInTwoDistricts.
        """
        from lianxin.ground.people.places.carrying import carry_merged  # districts lie over places

        with transaction.atomic():
            self._changing(on, at)
            other._must_stand()
            if other.id == self.id or other.level != self.level:
                raise errors.RegionCannotMerge(self, other)
            parts, around = list(self.parts.standing()), self.path_ids
            self._was(RegionChange.Kind.MERGED, on, paper, parent_before_id=self.parent_id, into=other)
            for part in parts:
                part._was(RegionChange.Kind.MOVED, on, paper, parent_before=self)
                part._lie_in(other)
            self._lie_in(other)
            self._set(ends_on=on - timedelta(days=1))
            carry_merged(self, other, parts, around, on)
            self._tell("people.region_merged", on, by, at, paper, facts={"into": other.id})

    def close(self, *, on: date, by: UUID | None, at: datetime, paper: str = "") -> None:
        """From the day `on` it is no more, and its grids with it. Raises RegionNotEmpty, RegionInDistrict."""
        last = on - timedelta(days=1)
        with transaction.atomic():
            self._changing(on, at)
            if inside := self.parts.standing().exclude(level=Level.GRID).order_by("code").first():
                raise errors.RegionNotEmpty(self, inside)
            if part := self.district_parts.on(on).select_related("district").first():
                raise errors.RegionInDistrict(self, part.district)
            self._was(RegionChange.Kind.CLOSED, on, paper)
            self.parts.standing().update(ends_on=last)
            self._set(ends_on=last)
            self._tell("people.region_closed", on, by, at, paper)

    def add_grid(self, name: str, *, by: UUID | None, at: datetime, on: date | None = None) -> "Region":
        """A grid in this village, from the day `on` if given. Its code is the village's and three digits.

        Raises RegionWithoutGrids where this is no village, GridNameTaken, GridsFull.
        """
        name = name.strip()
        with transaction.atomic():
            self._must_stand()
            if self.level != Level.VILLAGE:
                raise errors.RegionWithoutGrids(self)
            if not name or self.parts.standing().filter(name=name).exists():
                raise errors.GridNameTaken(self, name)
            used = Region.objects.filter(code__begins=self.code, level=Level.GRID).aggregate(last=Max("code"))["last"]
            number = int(used[-3:]) + 1 if used else 1
            if number > GRIDS_A_VILLAGE:
                raise errors.GridsFull(self)
            pinyin, initials = spell(name)
            grid = Region(code=f"{self.code}{number:03}", name=name, level=Level.GRID, parent=self, starts_on=on)
            grid.path, grid.pinyin, grid.initials = f"{self.path}{grid.id.hex}/", pinyin, initials
            grid.save(force_insert=True)
            record("people.grid_added", subject=Ref("region", grid.id), by=by, at=at, place=grid.place())
        return grid

    def _must_stand(self) -> None:
        """Lock the row and read it anew. Raises RegionEnded where the place was merged or closed."""
        self.refresh_from_db(from_queryset=Region.objects.select_for_update())
        if self.ends_on:
            raise errors.RegionEnded(self)

    def _changing(self, on: date, at: datetime) -> None:
        """Lock, and check the day. Raises RegionEnded, RegionChangeAhead for a day to come, RegionChangedLater."""
        self._must_stand()
        if on > day_of(at):
            raise errors.RegionChangeAhead(self, on)
        later = self.changes.filter(happened_on__gt=on).order_by("happened_on").first()
        if later:
            raise errors.RegionChangedLater(self, later.happened_on)
        if self.starts_on and self.starts_on >= on:
            raise errors.RegionChangedLater(self, self.starts_on)

    def _was(self, kind: RegionChange.Kind, on: date, paper: str, **before: Any) -> None:
        RegionChange.objects.create(region=self, kind=kind, happened_on=on, paper=paper.strip(), **before)

    def _set(self, **columns: Any) -> None:
        for column, value in columns.items():
            setattr(self, column, value)
        self.save(update_fields=columns)

    def _lie_in(self, to: "Region") -> None:
        """Hang it under `to`, and rewrite the path of everything inside."""
        old, new = self.path, f"{to.path}{self.id.hex}/"
        inside = Region.objects.filter(path__begins=old)
        inside.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
        self.path = new
        self._set(parent=to)

    def _tell(
        self, kind: str, on: date, by: UUID | None, at: datetime, paper: str,
        facts: dict[str, Any] | None = None, texts: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        said = (texts or {}) | ({"paper": paper.strip()} if paper.strip() else {})
        subject = Ref("region", self.id)
        record(kind, subject=subject, by=by, at=at, place=self.place(), facts={"on": on} | (facts or {}), texts=said)
