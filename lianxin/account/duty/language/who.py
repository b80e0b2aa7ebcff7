"""Whom a rule concerns."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BeforeValidator, Field

from lianxin.ground.people.models.body import CongressLevel
from lianxin.ground.rulebook.blocks import Block, Flag, Text
from lianxin.ground.rulebook.checking import Wrong
from lianxin.ground.rulebook.shapes import CodeOf, NamedNear, Tells
from lianxin.lib.scoring.spec import Who

PARTIES = {
    "mandate": gettext_lazy("代表"),
    "group": gettext_lazy("代表小组"),
    "station": gettext_lazy("家站点"),
    "township": gettext_lazy("乡镇（街道）"),
    "village": gettext_lazy("村（社区）"),
    "unit": gettext_lazy("承办单位"),
}
PartyKind = Annotated[
    Literal["mandate", "group", "station", "township", "village", "unit"], Tells(lambda kind: PARTIES[kind])
]


def plain(word: str) -> str:
    """A word as words are compared: full-width letters, digits and signs are as good as narrow ones."""
    return unicodedata.normalize("NFKC", word).strip()


def as_tuple(value: Any) -> Any:
    """Words in plain letters; a single one as a list of one."""
    words = (value,) if isinstance(value, str) else value
    if not isinstance(words, tuple):
        return words
    return tuple(plain(word) if isinstance(word, str) else word for word in words)


Words = Annotated[tuple[Text, ...], BeforeValidator(as_tuple)]
RecordCode = Annotated[Text, NamedNear("records")]
ItemCode = Annotated[Text, NamedNear("items", {"total": gettext_lazy("总分")})]
RoleCode = Annotated[Text, CodeOf("roles", ("roles",), gettext_lazy("roles.yaml 里写明的角色"))]
SchemeCode = Annotated[Text, CodeOf("contact", ("schemes",), gettext_lazy("contact.yaml 里写明的联系办法"))]
LevelWord = Annotated[Text, Tells(lambda level: dict(CongressLevel.choices).get(level, level))]
RecordCodes = Annotated[tuple[RecordCode, ...], BeforeValidator(as_tuple)]
ItemCodes = Annotated[tuple[ItemCode, ...], BeforeValidator(as_tuple)]
RoleCodes = Annotated[tuple[RoleCode, ...], BeforeValidator(as_tuple)]
Levels = Annotated[tuple[LevelWord, ...], BeforeValidator(as_tuple)]
TRAITS = ("level", "body", "group", "township", "village", "station", "trade", "post")


class Traits(Block):
    """What parties are told apart by; of one key one word is enough, of several keys each has to hold."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "level": gettext_lazy("哪一级"),
        "body": gettext_lazy("哪个人大"),
        "group": gettext_lazy("哪个小组"),
        "township": gettext_lazy("哪个乡镇（街道）"),
        "village": gettext_lazy("哪个村（社区）"),
        "station": gettext_lazy("哪个家站点"),
        "trade": gettext_lazy("哪个行业"),
        "post": gettext_lazy("什么职务"),
        "leader": gettext_lazy("领导职务"),
        "without": gettext_lazy("不包括"),
    }

    level: Levels = ()
    body: Words = ()
    group: Words = ()
    township: Words = ()
    village: Words = ()
    station: Words = ()
    trade: Words = ()
    post: Words = ()
    leader: Flag | None = None

    def _named(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(words) for name in TRAITS if (words := getattr(self, name))}


class SomeOf(Traits):
    """Some of the parties of a regulation: those with these traits, `without` those with others."""

    without: Traits | None = None

    def who(self, kind: str = "") -> Who:
        """As a value."""
        traits = self._named()
        without = self.without._named() if self.without else {}
        if self.leader is not None:
            (traits if self.leader else without)["leader"] = frozenset(("yes",))
        if self.without and self.without.leader is not None:
            (without if self.without.leader else traits)["leader"] = frozenset(("yes",))
        return Who(kind, traits, without)


class Whom(SomeOf):
    """对象 Whom a regulation scores or obliges: parties of one kind, or some of them."""

    LABELS: ClassVar[Mapping[str, str | Promise]] = {**Traits.LABELS, "kind": gettext_lazy("对象")}

    kind: PartyKind

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """What only persons have, said of something else."""
        for name in ("trade", "post", "leader"):
            if self.kind != "mandate" and getattr(self, name):
                yield Wrong((name,), _("没有这个键：只有代表有行业和职务"))


NOBODY_ELSE: Any = Field(None, alias="for")
