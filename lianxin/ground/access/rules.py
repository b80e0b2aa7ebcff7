"""The section `roles` of a preset: which roles there are, over what they are given, and what they may do."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from django.apps import apps
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BeforeValidator, PlainValidator, ValidationInfo

from lianxin.ground.access import scopes
from lianxin.ground.access.policy import all_actions
from lianxin.ground.rulebook.blocks import Block, Called, Flag, Named
from lianxin.ground.rulebook.checking import Wrong, refuse
from lianxin.ground.rulebook.problems import listed, nearest, quoted
from lianxin.ground.rulebook.shapes import Expects, Tells


class Administrator(StrEnum):
    """The three administrators that cannot be one person (GB/T 22239, separation of duties)."""

    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"


def _action(value: Any) -> str:
    known = [*all_actions(), *sorted({f"{code.split('.')[0]}.*" for code in all_actions()})]
    if isinstance(value, str) and value in known:
        return value
    near = nearest(value, known) if isinstance(value, str) else ""
    raise refuse(_("能做的事，如 people.edit_person；people.* 是这一类的全部"), nearest=near)


def _action_told(code: str) -> str | Promise:
    app, _dot, verb = code.partition(".")
    if verb == "*":
        return _("%(app)s的全部") % {"app": apps.get_app_config(app).verbose_name}
    return all_actions()[code].label


def _level(value: Any, info: ValidationInfo) -> Any:
    """The level as things of the role's kind of scope have it; where the kind has none, the group of keys says so."""
    levels = scopes.levels(info.data.get("scope", ""))
    if levels is None:
        return value
    if value in levels.values:
        return levels(value)
    near = nearest(value, levels.values) if isinstance(value, str) else ""
    raise refuse(_one_of(levels), nearest=near)


def _one_of(levels: type[TextChoices]) -> str:
    return _("%(words)s之一") % {"words": listed(levels.values)}


ActionCode = Annotated[
    str,
    BeforeValidator(_action),
    Expects(gettext_lazy("能做的事，如 people.edit_person；people.* 是这一类的全部")),
    Tells(_action_told),
]
LevelCode = Annotated[TextChoices, PlainValidator(_level), Expects(gettext_lazy("级别，如 township"))]
SCOPES = {
    "platform": gettext_lazy("整个平台"),
    "body": gettext_lazy("机构"),
    "place": gettext_lazy("地方"),
    "station": gettext_lazy("站点"),
    "unit": gettext_lazy("承办单位"),
}
ADMINISTRATORS = {
    "system": gettext_lazy("系统管理员"),
    "security": gettext_lazy("安全管理员"),
    "audit": gettext_lazy("审计管理员"),
}


class RoleRule(Called):
    """角色 One role. `may` lists actions by code; `people.*` means every action of an app.

    `levels`: it is given over things of these levels alone; every role whose kind of scope has levels says which.
    `is_post`: somebody must hold it, so whoever is the last to leave hands it on. `may_stay_signed_in`: it is
    worked from one's own phone, and whoever has no other role is not signed out for being idle.
    `needs_second_step`: a password alone does not do; who holds it sets up a second step before anything else.
    """

    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "scope": gettext_lazy("管的范围"),
        "levels": gettext_lazy("授在哪几级"),
        "may": gettext_lazy("能做的事"),
        "administrator": gettext_lazy("管理员"),
        "is_post": gettext_lazy("不能空缺"),
        "may_stay_signed_in": gettext_lazy("不因闲置退出"),
        "needs_second_step": gettext_lazy("登录要两道"),
    }

    scope: Annotated[Literal["platform", "body", "place", "station", "unit"], Tells(lambda scope: SCOPES[scope])]
    levels: tuple[LevelCode, ...] = ()
    may: tuple[ActionCode, ...]
    administrator: Annotated[Administrator, Tells(lambda which: ADMINISTRATORS[which])] | None = None
    is_post: Flag = False
    may_stay_signed_in: Flag = False
    needs_second_step: Flag = False

    @cached_property
    def _actions(self) -> frozenset[str]:
        return frozenset(self.may)

    def allows(self, action: str) -> bool:
        """Whether this role lists the action, by its code or by its app."""
        return action in self._actions or f"{action.split('.')[0]}.*" in self._actions

    def fits(self, level: str | None) -> bool:
        """Whether it is given over a thing of this level; a thing without one, or one that nobody knows, is no matter."""
        return not level or not self.levels or level in self.levels

    @classmethod
    def wrong_as_written(cls, data: Mapping[str, Any]) -> Iterator[Wrong]:
        """No levels where things have some, or levels where they have none."""
        scope = data.get("scope")
        if not isinstance(scope, str) or scope not in SCOPES:
            return
        levels = scopes.levels(scope)
        if levels and data.get("levels", ()) == ():
            yield Wrong(("levels",), _("一列级别，每项是%(one)s") % {"one": _one_of(levels)}, quoted(None))
        if levels is None and "levels" in data:
            yield Wrong(("levels",), _("没有这个键：%(scope)s不分级别") % {"scope": SCOPES[scope]})

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """An administrator of a part only, one whose office may stand empty, or one who does business."""
        if self.administrator and self.scope != "platform":
            yield Wrong(("scope",), _("platform：管理员管整个平台"))
        if self.administrator and not self.is_post:
            yield Wrong(("is_post",), _("true：管理员不能空缺"))
        business = [code for code, action in all_actions().items() if action.is_business and self.allows(code)]
        if self.administrator and business:
            yield Wrong(("may",), _("只有管平台的事：管理员不办业务，不能有 %(action)s") % {"action": business[0]})


class RoleRules(Block):
    """角色和权限 Every role of the locality, by code."""

    TITLE: ClassVar[str | Promise] = gettext_lazy("角色和权限")
    LABELS: ClassVar[Mapping[str, str | Promise]] = {
        "roles": gettext_lazy("角色"),
    }

    roles: Named[RoleRule]

    def wrong_in_itself(self) -> Iterator[Wrong]:
        """Each of the three administrators is one role, no more and no less."""
        for which in Administrator:
            codes = [code for code, role in self.roles.items() if role.administrator == which]
            if not codes:
                yield Wrong(("roles",), _("一个 administrator 为 %(which)s 的角色") % {"which": which})
            for code in codes[1:]:
                yield Wrong(
                    ("roles", code, "administrator"), _("只有一个角色的 administrator 为 %(which)s") % {"which": which}
                )

    @cached_property
    def _asked(self) -> tuple[Mapping[str, RoleRule], dict[str, dict[str, RoleRule]]]:
        """What was asked of `allowing` already, and of which roles: a changed copy of the rules carries it along."""
        return self.roles, {}

    def allowing(self, action: str) -> dict[str, RoleRule]:
        """The roles that may do this."""
        roles, known = self._asked
        if roles is self.roles and action in known:
            return known[action]
        found = {code: role for code, role in self.roles.items() if role.allows(action)}
        if roles is self.roles:
            known[action] = found
        return found

    def administrator(self, which: Administrator) -> str:
        """The code of the role that is this administrator."""
        return next(code for code, role in self.roles.items() if role.administrator == which)

    def is_office(self, code: str) -> bool:
        """Whether the role is one of the three administrators."""
        return code in self.roles and self.roles[code].administrator is not None

    def name(self, code: str) -> str:
        """What the role is called; a role that these rules no longer know is called by its code."""
        return self.roles[code].called if code in self.roles else code
