"""What is told when a page cannot be shown: what happened, why, what next. Never a stack, never an id of the inside."""

import logging
import re
import secrets
import sys

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.core.context import platform_or_last_known
from lianxin.ground.core.display import Display

log = logging.getLogger("lianxin.failures")
WORTH_KEEPING = 10  # characters: less is written again sooner than it is copied
CODE = re.compile(r"[!-~]+")
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another over the telephone

WORDS: dict[int, tuple[str | Promise, str | Promise]] = {
    400: (gettext_lazy("没看懂您送来的内容"), gettext_lazy("地址或填的内容不完整。请退回上一页，再试一次。")),
    401: (
        gettext_lazy("您送来的没有办"),
        gettext_lazy("您已经退出。请登录以后回到那一页，把下面的字贴进去再送一次。"),
    ),
    403: (gettext_lazy("这一步您现在不能走"), gettext_lazy("您的账号没有这项权限。需要的话，请找本单位的安全管理员。")),
    404: (gettext_lazy("没有这一页"), gettext_lazy("地址可能抄错了，也可能这一页不归您看。请从首页走。")),
    405: (
        gettext_lazy("这个地址不能这样打开"),
        gettext_lazy("它是某个按钮背后的地址。请退回上一页，按那个按钮。"),
    ),
    409: (gettext_lazy("现在不能这样办"), gettext_lazy("这件事刚刚有了变化。请退回上一页，看看现在到了哪一步。")),
    413: (gettext_lazy("送来的内容太大了"), gettext_lazy("请把文件分开或压小，再送一次。刚才的没有存。")),
    429: (gettext_lazy("送得太快了"), gettext_lazy("为了防止有人捣乱，一段时间里只收这么多。请过一会儿再试。")),
    500: (
        gettext_lazy("出错了，是我们的问题"),
        gettext_lazy("刚才那一步可能没有存上，请看一眼再重做。把下面的编号告诉管理员，就查得到原因。"),
    ),
    507: (
        gettext_lazy("没有存上"),
        gettext_lazy("服务器的磁盘满了，或者不许写。以前存的都还在。请告诉系统管理员，处理好以后再做一次。"),
    ),
}


def page(
    request: HttpRequest, status: int, reason: str | Promise = "", *, way: tuple[str, str] | None = None
) -> HttpResponse:
    """The page for this status; `reason` replaces its usual words. htmx gets the reason alone, for a toast.

    `way` is where to go on, in words and as an address.
    """
    title, text = WORDS[status]
    told = {"title": title, "text": reason or text, "status": status, "way": way, "written": (kept := written(request))}
    template = "components/refusal.html" if getattr(request, "htmx", False) else "core/error.html"
    response = render(request, template, told, status=status)
    if kept:
        add_never_cache_headers(response)
    return response


def written(request: HttpRequest) -> list[str]:
    """What somebody wrote into a form that is not taken: shown again, so that nobody has to write it twice.

    Nothing of a form that was not ours, which may say anything; no password, and no code, number or choice.
    """
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return []
    try:
        sent = list(request.POST.lists())
    except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return []  # it is refused because it cannot be read
    texts = (text.strip() for name, told in sent if "password" not in name for text in told)
    return [text for text in texts if len(text) >= WORTH_KEEPING and not CODE.fullmatch(text)]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when what was sent is too big."""
    return page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason that `access` gave."""
    return page(request, 403, str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, for what is not there and for what this person may not know to be there."""
    return page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: mostly one that lay open too long, or a browser without cookies."""
    return page(
        request,
        403,
        _("这张表打开得太久，或者浏览器没有收下Cookie，没法确认是您本人在寄。请退回上一页刷新，再寄一次。"),
    )


def failure(request: HttpRequest) -> HttpResponse:
    """500: a number for the person, the same number with the stack in the log. Asks nothing of the database."""
    letters = "".join(secrets.choice(LETTERS) for _place in range(6))
    number = f"{letters[:3]}-{letters[3:]}"
    view = request.resolver_match.view_name if request.resolver_match else "-"
    log.error("failure %s: %s %s", number, request.method, view, exc_info=sys.exc_info())
    title, text = WORDS[500]
    told = {"title": title, "text": text, "status": 500, "number": number, "written": written(request)}
    shown = {"display": Display.of(request), "platform": platform_or_last_known()}
    template = "components/refusal.html" if getattr(request, "htmx", False) else "core/error.html"
    response = HttpResponse(render_to_string(template, {**shown, **told}), status=500)
    add_never_cache_headers(response)
    return response
