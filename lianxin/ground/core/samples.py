"""What the style guide shows its components with: made-up texts of the work, in every state a component knows."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.core.figures import Counted, Definition, Figure, Period
from lianxin.lib.calendars.clocks import ClockReading, ClockState, Level
from lianxin.lib.calendars.spans import Unit


def figures() -> dict[str, Figure]:
    """Figures in every state: two that stand side by side, a claim, one that nobody judged, one of too few."""
    at, period = datetime(2026, 12, 4, 17, tzinfo=UTC), Period.month(2026, 11)

    def made(name: str, part: int | None, whole: int, kind: str = "") -> Figure:
        counted = Counted(part, whole, listed=whole // 2, unlisted=whole - whole // 2, least=5)
        shown: dict[str, Any] = {"counts": _("选了这一项的人"), "among": _("自己评了的人"), "kind": kind}
        return Figure(
            Definition("sample", name, count=lambda *_: counted, address=lambda _: "#sg-numbers", **shown),
            period,
            at,
            counted,
        )

    return {
        "satisfied": made(_("居民说满意"), 41, 47, "said"),
        "solved": made(_("居民说解决了"), 33, 47),
        "claimed": made(_("部门说办好了，还没核实"), 24, 30, "claimed"),
        "nobody": made(_("居民说满意"), None, 0, "said"),
        "few": made(_("居民说解决了"), 2, 3),
    }


class SampleForm(forms.Form):
    """One field of each kind."""

    place = forms.CharField(
        label=gettext_lazy("在哪里"), help_text=gettext_lazy("村、组、路名都行。"), required=False, max_length=60
    )
    code = forms.RegexField(
        r"^[A-Z]{2}-\d{4}-\d{4}$",
        label=gettext_lazy("编号"),
        error_messages={"invalid": gettext_lazy("编号少一位。应当像 LX-2609-0384，在收据右上角。")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("哪一类"),
        choices=[
            ("road", gettext_lazy("道路交通")),
            ("school", gettext_lazy("学校")),
            ("water", gettext_lazy("水和电")),
        ],
    )
    words = forms.CharField(label=gettext_lazy("您的话"), widget=forms.Textarea(attrs={"rows": 4}))
    seen = forms.ChoiceField(
        label=gettext_lazy("谁能看到"),
        choices=[
            ("open", gettext_lazy("公开，不写名字")),
            ("closed", gettext_lazy("只给工作人员和代表看")),
        ],
        widget=forms.RadioSelect,
    )
    photo = forms.FileField(
        label=gettext_lazy("照片"), help_text=gettext_lazy("最多4张，每张10MB以内。"), required=False
    )
    is_public_matter = forms.BooleanField(label=gettext_lazy("说的是公共的事"), required=False)


def forms_shown() -> dict[str, forms.Form]:
    """The same form untouched, and come back with mistakes."""
    sent = {"code": "LX-2609-384", "place": _("柳溪村三组"), "kind": "road", "words": ""}
    return {"form": SampleForm(prefix="a"), "wrong": SampleForm(sent_with_prefix("b", sent), prefix="b")}


def sent_with_prefix(prefix: str, facts: dict[str, str]) -> dict[str, str]:
    """The facts as a browser would send them for a form with this prefix."""
    return {f"{prefix}-{name}": value for name, value in facts.items()}


def readings() -> list[ClockReading]:
    """A clock at every level."""
    facts: list[tuple[Level, int, Unit]] = [
        (Level.PLENTY, 9, Unit.WORKING_DAY),
        (Level.SOON, 2, Unit.DAY),
        (Level.TODAY, 0, Unit.WORKING_DAY),
        (Level.LATE, -3, Unit.WORKING_DAY),
        (Level.LONG_LATE, -45, Unit.DAY),
        (Level.PAUSED, 4, Unit.WORKING_DAY),
        (Level.DONE, 2, Unit.WORKING_DAY),
    ]
    states = {Level.PAUSED: ClockState.PAUSED, Level.DONE: ClockState.STOPPED}
    return [
        ClockReading(
            due_on=date(2026, 12, 2),
            due_at=None,
            state=states.get(level, ClockState.RUNNING),
            remaining=remaining,
            unit=unit,
            level=level,
            is_late=remaining < 0,
            is_certain=True,
            calendar_version="",
        )
        for level, remaining, unit in facts
    ]


def threads() -> dict[str, list[dict[str, Any]]]:
    """One matter: what happened, its rounds, where it came from and goes."""
    return {
        "steps": [
            {
                "text": _("人说的，是圆的"),
                "when": _("9月5日"),
                "moment": "2026-09-05",
                "words": _("三组到小学那段路，晚上全黑。"),
            },
            {"text": _("文书，是方的"), "when": _("9月8日"), "moment": "2026-09-08", "kind": "doc"},
            {"text": _("记错了，已经撤销"), "when": _("9月9日"), "moment": "2026-09-09", "state": "undone"},
            {"text": _("时钟，是菱形的"), "when": _("11月3日"), "moment": "2026-11-03", "kind": "clock"},
            {"text": _("第二轮"), "kind": "round"},
            {
                "text": _("现在，是实心的"),
                "when": _("11月18日"),
                "moment": "2026-11-18",
                "kind": "doc",
                "state": "now",
            },
            {"text": _("还没到，是虚线"), "when": _("12月2日前"), "state": "next"},
        ],
        "rounds": [
            {"name": _("第一轮"), "steps": _round("done", "done", "done", "done", "no")},
            {"name": _("第二轮"), "steps": _round("done", "done", "now", "next", "next")},
        ],
        "lineage": [
            {"name": _("意见7条"), "note": _("9月")},
            {"name": _("建议036"), "note": _("在办"), "state": "now is-edge"},
            {"name": _("项目"), "note": _("候选"), "state": "next"},
        ],
    }


def _round(*states: str) -> list[dict[str, str]]:
    names = (_("收到"), _("审核"), _("交办"), _("答复"), _("评价"))
    return [{"name": name, "state": state} for name, state in zip(names, states, strict=True)]


def timeline() -> dict[str, Any]:
    """A timeline of rows like `core.views.timeline.Moment`: checked, waiting, refused, annulled."""
    said = {"by": _("向晚亭"), "reason": _("记成了别的村")}
    told: list[tuple[str, str, str, dict[str, Any] | None]] = [
        ("is-people", _("11月18日"), _("罗青禾到柳溪村接待了6位居民"), {"confirmed": [said]}),
        ("is-people", _("11月5日"), _("罗青禾走访了2户"), {"waits_for_check": True}),
        ("is-people", _("11月5日"), _("罗青禾走访了2户"), {"refused": said}),
        ("is-people is-undone", _("11月3日"), _("罗青禾走访了3户"), {"annulled": said}),
        ("is-doc", _("9月8日"), _("区交通运输局答复了"), None),
    ]
    looks = [{"look": "", "label": _("全部"), "is_current": True}, {"look": "doc", "label": _("文书")}]
    moments = [(look, number, "", day, "", sentence, known) for number, (look, day, sentence, known) in enumerate(told)]
    return {"moments": moments, "looks": looks, "older": "sample"}


def wayfinding() -> dict[str, Any]:
    """The ways up, across and on."""
    return {
        "crumbs": [{"href": "#", "label": _("代表")}, {"href": "#", "label": _("青溪镇代表团")}],
        "tabs": [
            {"href": "#tabs", "label": _("新来的"), "count": 17, "is_current": True},
            {"href": "#tabs", "label": _("今天到期"), "count": 3},
            {"href": "#tabs", "label": _("等居民补充"), "count": 8},
        ],
        "task": [_("在哪里"), _("说什么"), _("谁能看"), _("看一遍"), _("寄出")],
        "page": {"newer": "018f-a", "older": "018f-b"},
        "facts": [
            {"name": _("收到"), "value": _("9月5日，青溪镇代表之家")},
            {"name": _("承办"), "value": _("区交通运输局"), "href": "#"},
            {"name": _("期限"), "value": _("30个工作日")},
        ],
    }


def numbers() -> dict[str, Any]:
    """A table of points."""
    return {
        "head": [_("哪天"), _("凭什么"), _("分")],
        "points": [[_("11月5日"), _("签到8:52，接待6人"), "1.5"], [_("8月5日"), _("替班，记在别人名下"), "—"]],
        "foot": [_("共8次"), "", "12"],
    }
