"""What somebody has written and not sent yet: sealed under a key that only their browser has."""

from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from json import dumps, loads
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core import ciphers
from lianxin.ground.core.models import Record

KEPT = timedelta(hours=24)
STEP = 1024  # bytes: what is sealed is as long as the next multiple, so that its length tells little


@dataclass
class Answers:
    """What was answered so far; a blank is what was not. Ids are written as text, as in a form.

    `came_by` and `said_on` are answered by whoever writes for somebody else. `is_sent`: nothing else is left of it.
    """

    region: str = ""
    station: str = ""
    mandate: str = ""
    complaint: str = ""
    spot: str = ""
    came_by: str = ""
    said_on: str = ""
    words: str = ""
    belongs_here: bool = False
    subject: str = ""
    visibility: str = ""
    shown_name: str = ""
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    told_by: str = ""
    echoed: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    is_sent: bool = False

    def as_bytes(self) -> bytes:
        """The answers as JSON, with blanks behind up to the next step."""
        told = dumps({name: value for name, value in asdict(self).items() if value}, ensure_ascii=False).encode()
        return told + b" " * (-len(told) % STEP)

    @classmethod
    def from_bytes(cls, told: bytes) -> Self:
        """What `as_bytes` wrote, here or by another version of the product."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in loads(told).items() if name in known})


class DraftQuerySet(models.QuerySet["Draft"]):
    """Questions asked of drafts."""

    def lasting(self, at: datetime) -> Self:
        """Those whose time is not over."""
        return self.filter(expires_at__gt=at)

    def over(self, at: datetime) -> Self:
        """Those whose time is over."""
        return self.filter(expires_at__lte=at)


class Draft(Record):
    """草稿 An opinion before it is sent. Its id becomes the opinion's, so that what is sent twice is one.

    The key lies in a cookie of the browser and nowhere here: whoever reads the database reads no draft. It lasts for a
    day from the last step. Once it is sent it holds nothing but that, so that the same browser may see its receipt.
    """

    cipher = models.CharField(_("算法"), max_length=20)
    sealed = models.BinaryField(_("密文"))
    expires_at = models.DateTimeField(_("到期时间"))

    objects: ClassVar[DraftQuerySet] = DraftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("草稿")
        indexes = [models.Index(fields=["expires_at"], name="draft_over")]

    def __str__(self) -> str:
        return str(self.pk)

    def read(self, key: bytes, *, writer: UUID | None) -> Answers:
        """What was written. Raises Unopenable for another key, or another writer than the one who wrote it."""
        plain = ciphers.named(self.cipher).open(key, bytes(self.sealed), bound_to=self._bound_to(writer))
        return Answers.from_bytes(plain)

    def write(self, answers: Answers, key: bytes, *, writer: UUID | None, at: datetime) -> None:
        """Keep these answers for another day. `writer` is the clerk who writes for somebody else, None for the author."""
        sealed = ciphers.named(self.cipher).seal(key, answers.as_bytes(), bound_to=self._bound_to(writer))
        self.sealed, self.expires_at = sealed, at + KEPT
        self.save()

    def _bound_to(self, writer: UUID | None) -> bytes:
        return b"lianxin draft" + self.pk.bytes + (writer.bytes if writer else b"")
