"""The six front doors, and what hangs in the navigation of each. Whoever adds a page adds its line here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Item:
    """A page in a door's navigation: its name, its URL's name, and the actions of which one is enough to see it there.

    `icon` and `note`, one line on what it is for, are shown on the door's home.
    """

    label: str | Promise
    url: str
    needs: tuple[str, ...] = ()
    icon: str = "right"
    note: str | Promise = ""


@dataclass(frozen=True)
class Door:
    """A front door: whom it is for (`name`, beside the brand), what it is called (`title`), what one must be allowed to do.

    `density` is the office's smaller step of type where a mouse is usual; `htmx` whether its pages bring htmx.
    `items` are its pages, its home first; `chapter` is the manual's for who works there.
    """

    key: str
    path: str
    title: str | Promise
    icon: str
    name: str | Promise = ""
    needs: str = ""
    density: str = ""
    htmx: bool = True
    chapter: str = "offices"
    items: tuple[Item, ...] = ()


BOOK = Item(_("公文"), "documents:book", ("documents.see_book",), "doc", _("出过的公文，按文号排，可以导出。"))
LIBRARY = Item(_("规则库"), "access:library", (), "book", _("施行中的办法和法律，每一条在平台上做了什么。"))
DOORS = (
    Door(
        "me",
        "/me/",
        _("我的履职"),
        "person",
        _("代表"),
        "desks.enter_me",
        chapter="deputies",
        items=(
            Item(_("首页"), "desks:me"),
            Item(_("群众意见"), "opinions:deputy_matters", ("opinions.hold",), "letter", _("在您手上的，各有期限。")),
            Item(
                _("我的建议"),
                "suggestions:deputy_suggestions",
                ("suggestions.raise",),
                "pen",
                _("写、附议、评价答复。"),
            ),
            Item(_("值班"), "stations:own_shifts", ("rota.sit",), "cal", _("哪天、在哪个站、和谁一起。")),
            Item(_("我联系的"), "contact:own", ("ties.hold",), "people", _("结了对的户、选区和代表。")),
            LIBRARY,
        ),
    ),
    Door(
        "desk",
        "/desk/",
        _("办公"),
        "letter",
        _("办公"),
        "desks.enter_desk",
        density="desk",
        items=(
            Item(_("首页"), "desks:desk"),
            Item(
                _("收件"),
                "opinions:inbox",
                ("opinions.see",),
                "letter",
                _("居民说的事：收下、答复、交办，最早的在前。"),
            ),
            Item(_("代写"), "opinions:enter", ("opinions.enter",), "pen", _("替当面说、打电话、写信的人写下来。")),
            Item(
                _("承诺"), "opinions:desk_promises", ("opinions.see",), "clock", _("单位答应哪天做到什么，做到了没有。")
            ),
            Item(
                _("代表建议"),
                "suggestions:suggestions",
                ("suggestions.see",),
                "scale",
                _("代表提出的：审查、交办、答复。"),
            ),
            Item(
                _("民情简报"),
                "bulletin:issues",
                ("bulletin.compose", "bulletin.review"),
                "book",
                _("每月一期：从办的事里挑，三个人签出去。"),
            ),
            Item(
                _("消息"),
                "publishing:announcements",
                ("publishing.write", "publishing.review"),
                "screen",
                _("新闻和公告：写、审、公布、更正、撤下。"),
            ),
            BOOK,
            Item(
                _("名册"),
                "people:roster",
                ("people.export_roster", "people.import_roster"),
                "doc",
                _("用 Excel 导入、导出代表名册。"),
            ),
            Item(
                pgettext_lazy("list", "机构"),
                "people:bodies",
                ("people.edit_body",),
                "building",
                _("届次、会议、委员会和成员。"),
            ),
            Item(_("代表"), "people:deputies", ("people.edit_person",), "people", _("改动资料，登记请假、辞职。")),
            Item(_("站点"), "stations:stations", ("stations.edit",), "home", _("设立站点，编入代表，查看配备。")),
            Item(_("轮值"), "stations:rota", ("stations.roster",), "cal", _("哪天接待、谁值班，换班、签到、收尾。")),
            Item(_("结对"), "contact:ties", ("contact.see",), "people", _("谁联系谁、联系够了没有，登记联系户。")),
            Item(_("地方"), "people:places", ("people.edit_region",), "map", _("更名、改属、并入，加网格。")),
            Item(_("人员"), "access:staff", ("access.see_staff",), "people", _("谁能登录、做什么，邀请和离任。")),
            Item(
                _("规则"),
                "access:rules",
                ("rulebook.adopt", "rulebook.approve"),
                "scale",
                _("施行中的规则和各个版本，提出、批准新的。"),
            ),
            Item(
                _("试算"),
                "duty:what_if",
                ("rulebook.adopt", "rulebook.approve"),
                "scale",
                _("换一份考核办法，每个人的分数会怎样。"),
            ),
            LIBRARY,
            Item(
                _("记录"), "access:record", ("core.read_record",), "book", _("每件事是谁、哪天记下的，记下就不能改。")
            ),
            Item(_("登录日志"), "access:sign_ins", ("access.read_sign_ins",), "lock", _("谁从哪里登录，输错过几次。")),
            Item(_("身份复核"), "vault:review", ("vault.review",), "eye", _("谁看过群众的姓名和联系方式，该不该看。")),
            Item(_("我看过的身份"), "vault:own", ("vault.open",), "eye", _("您看过谁的联系方式，复核的结论。")),
        ),
    ),
    Door(
        "unit",
        "/unit/",
        _("承办"),
        "building",
        pgettext_lazy("list", "承办单位"),
        "desks.enter_unit",
        density="desk",
        chapter="units",
        items=(
            Item(_("首页"), "desks:unit"),
            Item(
                _("要办的"), "opinions:unit_queue", ("opinions.handle",), "doc", _("要签收的、在办的，最早到期的在前。")
            ),
            Item(
                _("代表建议"),
                "suggestions:unit_suggestions",
                ("suggestions.handle",),
                "scale",
                _("代表提的，答复给代表。"),
            ),
            Item(_("送审"), "opinions:unit_drafts", ("opinions.handle",), "pen", _("等负责人批准的答复。")),
            Item(_("办过的"), "opinions:unit_past", ("opinions.handle",), "book", _("答复了的、退回的、收回的。")),
            Item(
                _("承诺"), "opinions:unit_promises", ("opinions.handle",), "clock", _("答应哪天做到什么，做到了没有。")
            ),
            BOOK,
        ),
    ),
    Door(
        "hall",
        "/hall/",
        _("会场"),
        "screen",
        _("会场"),
        "desks.enter_hall",
        chapter="deputies",
        items=(Item(_("首页"), "desks:hall"),),
    ),
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
PUBLIC = Door(
    "public",
    "/",
    _("首页"),
    "home",
    htmx=False,
    chapter="residents",
    items=(
        Item(_("首页"), "publishing:home"),
        Item(_("说一件事"), "opinions:tell"),
        Item(_("找我的代表"), "publishing:find"),
        Item(_("查进展"), "opinions:follow"),
        Item(_("大家说的"), "opinions:public"),
        Item(_("代表建议"), "suggestions:public"),
        Item(_("消息"), "publishing:news"),
        Item(_("站点"), "stations:stations"),
        Item(_("代表"), "people:deputies"),
    ),
)
RESIDENTS = "publishing"  # the app whose pages are the residents' alone


def door_at(path: str) -> Door:
    """The door that a page belongs to, by its address; every address that no other door has is the residents'."""
    return next((door for door in DOORS if path.startswith(door.path)), PUBLIC)
