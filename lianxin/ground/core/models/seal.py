"""Seals: what stood in the record when a day was over."""

from collections.abc import Iterator
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models.record import Grown, GrownQuerySet, Record

ID_BYTES, HASH_BYTES = 16, 32
LEAF_BYTES = ID_BYTES + HASH_BYTES


class DaySeal(Grown, Record):
    """封存 One day's events of one body as a Merkle root. A day with very many has several parts; what came after the day was sealed has a late part of its own.

    Seals of all bodies make one chain: each keeps the link of the one before, in order of `number`.
    """

    number = models.BigIntegerField(_("序号"), unique=True)
    body_id = models.UUIDField(_("所属机构"), null=True)
    day = models.DateField(_("记录日期"))
    part = models.IntegerField(_("部分"), default=1)
    is_late = models.BooleanField(_("迟到的记录"), default=False)
    count = models.IntegerField(_("事件数"))
    algorithm = models.CharField(_("算法"), max_length=8)
    root = models.BinaryField(_("根"), max_length=HASH_BYTES)
    previous = models.BinaryField(_("上一环"), max_length=HASH_BYTES)
    link = models.BinaryField(_("本环"), max_length=HASH_BYTES)
    sealed_at = models.DateTimeField(_("封存时间"))
    leaves = models.BinaryField(_("叶"))

    objects = GrownQuerySet.as_manager()

    class Meta:
        verbose_name = _("封存")
        indexes = [models.Index(fields=["day"], name="seal_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "body_id", "part"], condition=Q(body_id__isnull=False), name="seal_of_a_body_stands_once"
            ),
            models.UniqueConstraint(
                fields=["day", "part"], condition=Q(body_id__isnull=True), name="seal_of_no_body_stands_once"
            ),
            models.CheckConstraint(name="seal_holds_something", condition=Q(count__gte=1, part__gte=1, number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.root_text}"

    @property
    def root_text(self) -> str:
        """The root as it is printed: hex in groups of four."""
        text = bytes(self.root).hex()
        return " ".join(text[at : at + 4] for at in range(0, len(text), 4))

    def pairs(self) -> Iterator[tuple[UUID, bytes]]:
        """The id and the leaf hash of every event under this seal, in order of id."""
        packed = force_bytes(self.leaves)
        for at in range(0, len(packed) - LEAF_BYTES + 1, LEAF_BYTES):
            yield UUID(bytes=packed[at : at + ID_BYTES]), packed[at + ID_BYTES : at + LEAF_BYTES]
