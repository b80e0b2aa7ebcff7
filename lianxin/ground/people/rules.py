"""The section `bodies` of a preset: which kinds of bodies there are, at which levels, and which roles their members have."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from pydantic import Field

from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.rulebook.blocks import NONE, Block, Called, Count, Flag, Named, PartOf, Text
from lianxin.ground.rulebook.rule import Figure, Rule
from lianxin.ground.rulebook.shapes import CodeOf

KindOfBody = Annotated[Text, CodeOf("bodies", ("kinds",), gettext_lazy("bodies.yaml 的 kinds 里写明的机构"))]
Levels = Annotated[tuple[CongressLevel, ...], Field(min_length=1)]


class MemberRole(Called):
    """职务 A role of members of a body; without levels, at every level the body has. `leads` says that it is a leading post."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "levels": gettext_lazy("哪几级有"),
        "leads": gettext_lazy("算领导职务"),
    }

    levels: Levels | None = None
    leads: Flag = False


class BodyKind(Called, Rule):
    """机构的种类 One kind of body: at which levels it stands, what forms it, which roles its members have.

    `quorum` is the share of all its members (of all deputies, for a congress) that must be present. `members` are the
    words by which papers call whoever sits in it.
    """

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "levels": gettext_lazy("哪几级有"),
        "part_of": gettext_lazy("属于"),
        "roles": gettext_lazy("成员的职务"),
        "members": gettext_lazy("成员统称"),
        "term_years": gettext_lazy("任期（年）"),
        "quorum": gettext_lazy("多少人到会才能开"),
        "least_members": gettext_lazy("至少几人"),
    }

    levels: Levels
    part_of: KindOfBody | None = None
    roles: Named[MemberRole] = NONE
    members: tuple[Text, ...] = ()
    term_years: Figure[Count] | None = None
    quorum: Figure[PartOf] | None = None
    least_members: Figure[Count] | None = None

    def roles_at(self, level: str) -> Mapping[str, str]:
        """The names of the roles at one level, by code."""
        return {code: role.called for code, role in self.roles.items() if role.levels is None or level in role.levels}


class BodyRules(Block):
    """Kinds of bodies by code. `congress` is the one that code asks for; the law has it."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("机构的种类")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "kinds": gettext_lazy("种类"),
    }

    kinds: Named[BodyKind] = NONE

    def name(self, kind: str) -> str:
        """What bodies of a kind are called; a kind that these rules no longer know is called by its code."""
        return self.kinds[kind].called if kind in self.kinds else kind

    def role(self, kind: str, role: str) -> str:
        """What a member's role in bodies of a kind is called; one that these rules no longer know is called by its code."""
        known = self.kinds[kind].roles if kind in self.kinds else {}
        return known[role].called if role in known else role
