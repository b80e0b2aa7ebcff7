"""What is sealed under a data key of its own, which lies wrapped under the master key."""

from typing import Self
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core import ciphers
from lianxin.ground.core.models import Record
from lianxin.ground.vault import keyring
from lianxin.ground.vault.errors import SealBroken
from lianxin.ground.vault.models.master_key import MasterKey

WRAPPING = b"lianxin vault: wrap data keys"


class Wrapped(Record):
    """A row with a data key, wrapped under the master key and bound to `bound_id`: moved to another row, it does not open.

    Apps above derive from it. Whatever does is found by `wrapped_models`: no table is forgotten when the master key
    changes or remains are wiped.
    """

    cipher = models.CharField(_("算法"), max_length=20)
    master = models.ForeignKey(MasterKey, models.PROTECT, related_name="+", verbose_name=_("主密钥"))
    wrapped_key = models.BinaryField(_("数据密钥"))

    class Meta:
        abstract = True

    @property
    def bound_id(self) -> UUID:
        """What the data key is bound to."""
        raise NotImplementedError

    def wrap(self, data_key: bytes, master: MasterKey) -> Self:
        """Put the data key under a master key; saves nothing. Raises KeyDoesNotFit."""
        self.master = master
        self.wrapped_key = self._cipher.seal(self._wrapping_key(), data_key, bound_to=self._bound_to(b"key"))
        return self

    def unwrap(self) -> bytes:
        """The data key. Raises KeyDoesNotFit, SealBroken."""
        try:
            return self._cipher.open(self._wrapping_key(), bytes(self.wrapped_key), bound_to=self._bound_to(b"key"))
        except ciphers.Unopenable:
            raise SealBroken from None

    @property
    def _cipher(self) -> ciphers.Cipher:
        return ciphers.named(self.cipher)

    def _wrapping_key(self) -> bytes:
        return self._cipher.derive(keyring.key_of(self.master), WRAPPING)

    def _bound_to(self, what: bytes) -> bytes:
        return b":".join((what, self.cipher.encode(), self.bound_id.bytes))


def wrapped_models() -> list[type[Wrapped]]:
    """Every table whose rows have a data key."""
    return [model for model in apps.get_models() if issubclass(model, Wrapped)]
