"""The versions of a locality's rules, each frozen with the text it was read from."""

import time
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import ClassVar, NamedTuple, Self
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.core.events import Party, Ref, record
from lianxin.ground.core.models import Record
from lianxin.ground.rulebook.errors import (
    AdoptedMeanwhile,
    CannotBeginThen,
    EndsBeforeItBegins,
    NothingInForce,
    RulesRefused,
    SameRules,
)
from lianxin.ground.rulebook.loading import FIRST_PAGE, load, load_texts
from lianxin.ground.rulebook.preset import Preset
from lianxin.ground.rulebook.problems import Problem
from lianxin.ground.rulebook.reading import parse


class Days(NamedTuple):
    """When a version is in force, and for whom; what `in_force` keeps in memory."""

    body_id: UUID | None
    start: date
    end: date | None
    content_hash: str

    def holds(self, on: date) -> bool:
        """Whether the version is in force on that day."""
        return self.start <= on and (self.end is None or on <= self.end)


class VersionQuerySet(models.QuerySet["RulebookVersion"]):
    """Questions asked of versions."""

    def in_force(self, on: date) -> Self:
        """Those in force on a day: the platform's first, then those of bodies."""
        held = self.filter(in_force_from__lte=on).filter(Q(in_force_to__isnull=True) | Q(in_force_to__gte=on))
        return held.order_by(F("body_id").asc(nulls_first=True))


class RulebookVersion(Record):
    """规则版本 A preset as it was adopted, for the whole platform or for one body, from one day to another.

    `files` are the texts it was read from, the law's among them, so that nothing outside can change what held. Of a
    row only `in_force_to` is ever written again: once, when the next version follows.
    """

    CACHED_FOR_S: ClassVar[float] = 2.0  # a version adopted by another process is seen within this time
    _known: ClassVar[tuple[float, tuple[Days, ...]]] = (0.0, ())

    preset = models.CharField(gettext_lazy("规则预设"), max_length=40)
    body_id = models.UUIDField(gettext_lazy("机构"), null=True)
    in_force_from = models.DateField(gettext_lazy("施行日期"))
    in_force_to = models.DateField(gettext_lazy("停止施行前的最后一天"), null=True)
    content_hash = models.CharField(gettext_lazy("内容指纹"), max_length=64)
    files = models.JSONField(gettext_lazy("文件"))
    loaded_at = models.DateTimeField(gettext_lazy("载入时间"))
    loaded_by_id = models.UUIDField(gettext_lazy("载入人"), null=True)
    proposed_by_id = models.UUIDField(gettext_lazy("提出的人"), null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("规则版本")
        constraints = [
            models.UniqueConstraint(fields=["body_id", "in_force_from"], name="one_version_begins_on_a_day"),
            models.UniqueConstraint(
                fields=["in_force_from"], condition=Q(body_id__isnull=True), name="one_platform_version_begins_on_a_day"
            ),
            models.UniqueConstraint(
                fields=["body_id"],
                condition=Q(in_force_to__isnull=True, body_id__isnull=False),
                name="one_version_of_a_body_is_open",
            ),
            models.CheckConstraint(
                name="version_ends_after_it_starts",
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.preset} {self.in_force_from}"

    @property
    def rules(self) -> Preset:
        """The rules of this version, read from its own files."""
        return _read(self.content_hash)

    @classmethod
    def adopt(
        cls,
        preset: str | Preset,
        *,
        body_id: UUID | None,
        by: UUID | None,
        at: datetime,
        on: date | None = None,
        proposed_by: UUID | None = None,
    ) -> "RulebookVersion":
        """The preset (one loaded, or that of a name or folder) comes into force, and the version before it ends.

        Without `proposed_by` whoever owns the server adopts it alone; with it, `by` approved what that person proposed.

        It does so on the day `on`, or else on the day that it says itself; then the same content is adopted once.
        Raises NoSuchPreset; RulesRefused where the preset does not hold up; RulesRefused, or CannotBeginThen for a
        given day, where its days overlap those of a version that is closed, planned or the same day's; SameRules;
        EndsBeforeItBegins; AdoptedMeanwhile.
        """
        new = load(preset) if isinstance(preset, str) else preset
        start = on or new.first_page.in_force.start
        same = cls.objects.filter(body_id=body_id, content_hash=new.version)
        if on is None and (known := same.first()):
            return known
        if on and same.filter(in_force_to__isnull=True).exists():
            raise SameRules
        if new.first_page.in_force.end and start > new.first_page.in_force.end:
            raise EndsBeforeItBegins(start, new.first_page.in_force.end)
        with transaction.atomic():
            cls._make_room(new, body_id, on)
            version = cls._create(new, body_id=body_id, start=start, by=by, at=at, proposed_by=proposed_by)
            version._tell(by=by, at=at)
            transaction.on_commit(cls.forget)
        cls.forget()
        return version

    @classmethod
    def _make_room(cls, new: Preset, body_id: UUID | None, on: date | None) -> None:
        """End the running version the day before the new one begins; refuse to touch any other."""
        start, end = on or new.first_page.in_force.start, new.first_page.in_force.end
        own = cls.objects.filter(body_id=body_id)
        own = own if end is None else own.filter(in_force_from__lte=end)
        for old in own.filter(Q(in_force_to__isnull=True) | Q(in_force_to__gte=start)).order_by("in_force_from"):
            if old.in_force_to is not None or old.in_force_from >= start:
                if on:
                    raise CannotBeginThen(start, old.in_force_from, old.in_force_to)
                raise RulesRefused([_overlap(new, old)])
            running = cls.objects.filter(pk=old.pk, in_force_to__isnull=True)
            if running.update(in_force_to=start - timedelta(days=1)) != 1:
                raise AdoptedMeanwhile

    @classmethod
    def _create(
        cls, new: Preset, *, body_id: UUID | None, start: date, by: UUID | None, at: datetime, proposed_by: UUID | None
    ) -> "RulebookVersion":
        try:
            with transaction.atomic():
                return cls.objects.create(
                    preset=new.name,
                    body_id=body_id,
                    in_force_from=start,
                    in_force_to=new.first_page.in_force.end,
                    content_hash=new.version,
                    files=dict(new.texts),
                    loaded_at=at,
                    loaded_by_id=by,
                    proposed_by_id=proposed_by,
                )
        except IntegrityError:
            raise AdoptedMeanwhile from None

    def _tell(self, *, by: UUID | None, at: datetime) -> None:
        until = {"in_force_to": self.in_force_to} if self.in_force_to else {}
        proposer = [Party("user", self.proposed_by_id, "proposer")] if self.proposed_by_id else []
        record(
            "rulebook.approved" if proposer else "rulebook.adopted",
            subject=Ref("rulebook", self.id),
            by=by,
            at=at,
            body=self.body_id,
            facts={"preset": self.preset, "content": self.content_hash, "in_force_from": self.in_force_from, **until},
            parties=proposer,
            rule_version=self.content_hash,
        )

    @classmethod
    def in_force(cls, on: date, body_id: UUID | None = None) -> Preset:
        """The body's own rules on that day, or the platform's where it has none. Raises NothingInForce.

        Asks no query within two seconds of the last one, and one for a content not read yet by this process.
        """
        held = [version for version in cls._versions() if version.holds(on)]
        for wanted in dict.fromkeys((body_id, None)):
            for version in held:
                if version.body_id == wanted:
                    return _read(version.content_hash)
        raise NothingInForce(on)

    @classmethod
    def _versions(cls) -> tuple[Days, ...]:
        read_at, known = cls._known
        if not known or time.monotonic() - read_at > cls.CACHED_FOR_S:
            rows = cls.objects.order_by("in_force_from").values_list(
                "body_id", "in_force_from", "in_force_to", "content_hash"
            )
            known = tuple(Days(*row) for row in rows)
            cls._known = (time.monotonic(), known)
        return known

    @classmethod
    def forget(cls) -> None:
        """Read the versions anew next time."""
        cls._known = (0.0, ())


@lru_cache(maxsize=64)
def _read(content_hash: str) -> Preset:
    """The rules of a content, read once in a process: a content never changes."""
    version = RulebookVersion.objects.filter(content_hash=content_hash).order_by("id").first()
    if version is None:
        raise RulebookVersion.DoesNotExist(content_hash)
    return load_texts(version.preset, version.files)


def _overlap(new: Preset, old: RulebookVersion) -> Problem:
    """Why the new version cannot begin when it says, told at its line."""
    start = new.first_page.in_force.start
    file = f"{new.name}/{FIRST_PAGE}.yaml"
    tree, _problems = parse(file, new.texts[file])
    days = {"from": old.in_force_from, "to": old.in_force_to or _("今后")}
    if old.in_force_to is None:
        expected = _("晚于%(from)s的日子：已有从这一天起施行的版本，它不能改写；规则变了，要写新的施行日期") % days
    else:
        expected = _("不与%(from)s至%(to)s重叠的日子：那时施行的版本已经定了，不能改写") % days
    return Problem(file, tree.mark(("in_force", "from")).line, "in_force.from", f"“{start}”", expected)
