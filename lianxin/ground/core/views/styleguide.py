"""Every component in every state. Public on every installation: it shows made-up texts and nothing else."""

import re
from dataclasses import replace
from pathlib import Path

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from lianxin.ground.core import samples
from lianxin.ground.core.display import CHOICES, Display
from lianxin.ground.core.traditional import SOURCE, TRADITIONAL, convert_html

WIDTHS = ("360", "1440")


@require_safe
@xframe_options_sameorigin  # the frame below shows this page at a width of its own
@csp_replace({"frame-ancestors": [SELF]})
def show(request: HttpRequest) -> HttpResponse:
    """The style guide, in the light, type, language and on the paper that the query names."""
    shown = asked_for(request)
    with translation.override(SOURCE if shown.language == TRADITIONAL else shown.language):
        facts = samples.threads() | samples.wayfinding() | samples.numbers() | samples.forms_shown()
        told = {"display": shown, "is_paper": "paper" in request.GET, "switches": switches(request, shown)}
        facts["figures"] = samples.figures()
        readings = {"readings": samples.readings(), "timeline": samples.timeline(), "icons": icons()}
        response = render(request, "core/styleguide.html", facts | told | readings)
    if shown.language == TRADITIONAL and Display.of(request).language != TRADITIONAL:
        response.content = convert_html(response.content.decode()).encode()
    return response


@require_safe
def frame(request: HttpRequest) -> HttpResponse:
    """The style guide at the width of a phone or of a desk, as that device would show it."""
    width = request.GET.get("width", "")
    query = request.GET.copy()
    query.pop("width", None)
    told = {"width": width if width in WIDTHS else WIDTHS[0], "query": query.urlencode()}
    return render(request, "core/styleguide_frame.html", told)


def asked_for(request: HttpRequest) -> Display:
    """The display that the query asks for, without a cookie; what it does not name stays as this browser has it."""
    asked = {name: request.GET[name] for name in CHOICES if request.GET.get(name) in CHOICES[name]}
    return replace(Display.of(request), **asked)


def switches(request: HttpRequest, shown: Display) -> list[dict[str, object]]:
    """Rows of links: each leads to the same page shown differently."""
    names = {
        "theme": (_("亮暗"), {"auto": _("跟着设备"), "light": _("浅色"), "dark": _("深色")}),
        "type": (_("字"), {"normal": _("平常"), "large": _("大字")}),
        "language": (_("语言"), {"zh-hans": "简体", "zh-hant": "繁體", "en": "English"}),
    }
    rows: list[dict[str, object]] = []
    for name, (label, options) in names.items():
        links = [
            {"label": text, "href": _link(request, **{name: value}), "is_current": getattr(shown, name) == value}
            for value, text in options.items()
        ]
        rows.append({"label": label, "links": links})
    framed = reverse("core:styleguide_frame")
    widths = [{"label": f"{width} px", "href": framed + _link(request, width=width)} for width in WIDTHS]
    paper = {"label": _("打印的样子"), "href": _link(request, paper="yes"), "is_current": "paper" in request.GET}
    return [*rows, {"label": _("宽"), "links": widths}, {"label": _("纸"), "links": [paper]}]


def _link(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


def icons() -> list[str]:
    """The names of all icons, as the sprite has them."""
    sprite = finders.find("core/icons.svg")
    return re.findall(r'id="i-([a-z]+)"', Path(sprite).read_text()) if sprite else []
