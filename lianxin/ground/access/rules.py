"""The section `roles` of a preset: which roles there are, over what they are given, and what they may do."""

from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Administrator(StrEnum):
    """The three administrators that cannot be one person (GB/T 22239, separation of duties)."""

    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"


class RoleRule(BaseModel):
    """One role. `may` lists actions by code; `people.*` means every action of an app."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    scope: Literal["platform", "body", "place", "station", "unit"]
    may: tuple[str, ...]
    administrator: Administrator | None = None

    @cached_property
    def _actions(self) -> frozenset[str]:
        return frozenset(self.may)

    def allows(self, action: str) -> bool:
        """Whether this role lists the action, by its code or by its app."""
        return action in self._actions or f"{action.split('.')[0]}.*" in self._actions


class RoleRules(BaseModel):
    """Every role of the locality, by code."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    roles: dict[str, RoleRule]

    def allowing(self, action: str) -> dict[str, RoleRule]:
        """The roles that may do this."""
        return {code: role for code, role in self.roles.items() if role.allows(action)}
