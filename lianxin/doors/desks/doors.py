"""The six front doors, and what hangs in the navigation of each. Whoever adds a page adds its line here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Item:
    """A page in a door's navigation: its name, its URL's name, and what one must be allowed to do to see it there."""

    label: str | Promise
    url: str
    needs: str = ""


@dataclass(frozen=True)
class Door:
    """A front door: whom it is for (`name`, beside the brand), what it is called (`title`), what one must be allowed to do.

    `density` is the office's smaller step of type where a mouse is usual, `full` a bar as wide as the window; `htmx`
    whether its pages bring htmx. `items` are its pages: the first is its home.
    """

    key: str
    path: str
    title: str | Promise
    icon: str
    name: str | Promise = ""
    needs: str = ""
    density: str = ""
    full: bool = False
    htmx: bool = True
    items: tuple[Item, ...] = ()


DOORS = (
    Door("me", "/me/", _("我的履职"), "person", _("代表"), "desks.enter_me", items=(Item(_("首页"), "desks:me"),)),
    Door(
        "desk",
        "/desk/",
        _("办公"),
        "letter",
        _("办公"),
        "desks.enter_desk",
        density="desk",
        full=True,
        items=(Item(_("首页"), "desks:desk"),),
    ),
    Door(
        "unit",
        "/unit/",
        _("承办"),
        "building",
        _("承办单位"),
        "desks.enter_unit",
        density="desk",
        items=(Item(_("首页"), "desks:unit"),),
    ),
    Door("hall", "/hall/", _("会场"), "screen", _("会场"), "desks.enter_hall", items=(Item(_("首页"), "desks:hall"),)),
    Door(
        "lead",
        "/lead/",
        _("五个问题"),
        "scale",
        _("领导"),
        "desks.enter_lead",
        density="desk",
        items=(Item(_("五个问题"), "desks:lead"),),
    ),
)
PUBLIC = Door("public", "/", _("首页"), "home", htmx=False)


def door_at(path: str) -> Door:
    """The door that a page belongs to, by its address; every address that no other door has is the residents'."""
    return next((door for door in DOORS if path.startswith(door.path)), PUBLIC)
