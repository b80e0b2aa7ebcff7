"""Who a voice is, sealed under a key of its own."""

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core import ciphers
from lianxin.ground.vault.errors import SealBroken
from lianxin.ground.vault.models.master_key import MasterKey
from lianxin.ground.vault.models.wrapped import Wrapped
from lianxin.ground.vault.particulars import Particulars


class Identity(Wrapped):
    """身份 Who one voice is. What is told is sealed under a data key of this row alone, the data key under the master key.

    Both are bound to the voice: moved to another row, they do not open. Deleting the row destroys the key with it.
    """

    voice_id = models.UUIDField(_("来信"), unique=True)
    body_id = models.UUIDField(_("所属机构"), null=True)
    places = models.JSONField(_("所在地方"), default=list)
    sealed = models.BinaryField(_("密文"))
    kept_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("身份")

    def __str__(self) -> str:
        return str(self.voice_id)

    @property
    def bound_id(self) -> UUID:
        """The voice."""
        return self.voice_id

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in the body, and in the place and the places around it, that it was kept with."""
        if self.body_id:
            yield "body", self.body_id
        for place in self.places:
            yield "place", UUID(place)

    def seal(self, particulars: Particulars, master: MasterKey) -> Self:
        """Put particulars in, under a new data key; saves nothing. Raises KeyDoesNotFit."""
        cipher = ciphers.in_use()
        self.cipher = cipher.name
        data_key = cipher.new_key()
        self.sealed = cipher.seal(data_key, particulars.as_bytes(), bound_to=self._bound_to(b"particulars"))
        return self.wrap(data_key, master)

    def contents(self) -> dict[str, Any]:
        """Everything that `seal` and the one who keeps it put in, by field."""
        names = ("body_id", "places", "cipher", "master", "wrapped_key", "sealed", "kept_at")
        return {name: getattr(self, name) for name in names}

    def unseal(self) -> Particulars:
        """What was put in. Raises KeyDoesNotFit, and SealBroken where somebody changed or moved the row."""
        try:
            told = self._cipher.open(self.unwrap(), bytes(self.sealed), bound_to=self._bound_to(b"particulars"))
        except ciphers.Unopenable:
            raise SealBroken from None
        return Particulars.from_bytes(told)
