"""规则 The rules of a locality: presets are loaded, checked, frozen, and kept in every version with its dates."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from lianxin.ground.rulebook.sections import register_name, register_section

if TYPE_CHECKING:
    from lianxin.ground.rulebook.models import RulebookVersion
    from lianxin.ground.rulebook.preset import Preset

__all__ = ["adopt", "in_force", "register_name", "register_section"]


def adopt(
    preset: "str | Preset", *, body_id: UUID | None, by: UUID | None, at: datetime, on: date | None = None
) -> "RulebookVersion":
    """See RulebookVersion.adopt; imported late because models load after this package."""
    from lianxin.ground.rulebook.models import RulebookVersion

    return RulebookVersion.adopt(preset, body_id=body_id, by=by, at=at, on=on)


def in_force(on: date, body_id: UUID | None = None) -> "Preset":
    """The rules in force on a day, for a body or for the whole platform. See RulebookVersion.in_force."""
    from lianxin.ground.rulebook.models import RulebookVersion

    return RulebookVersion.in_force(on, body_id)
