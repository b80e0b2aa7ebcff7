"""Tables of the vault."""

from lianxin.ground.vault.models.erasure import Cause, Erasure
from lianxin.ground.vault.models.identity import Identity
from lianxin.ground.vault.models.master_key import MasterKey
from lianxin.ground.vault.models.opening import Finding, Opening, Purpose
from lianxin.ground.vault.models.remains import Remains
from lianxin.ground.vault.models.wrapped import Wrapped, wrapped_models

__all__ = [
    "Cause",
    "Erasure",
    "Finding",
    "Identity",
    "MasterKey",
    "Opening",
    "Purpose",
    "Remains",
    "Wrapped",
    "wrapped_models",
]
