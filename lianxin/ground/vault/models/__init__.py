"""Tables of the vault."""

from lianxin.ground.vault.models.erasure import Erasure
from lianxin.ground.vault.models.identity import Identity
from lianxin.ground.vault.models.master_key import MasterKey
from lianxin.ground.vault.models.opening import Finding, Opening, Purpose

__all__ = ["Erasure", "Finding", "Identity", "MasterKey", "Opening", "Purpose"]
