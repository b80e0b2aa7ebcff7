"""The receipt. It is opened by the browser that sent the opinion, for a day; no code stands in an address."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lianxin.affairs.opinions import dates
from lianxin.affairs.opinions.codes import grouped
from lianxin.affairs.opinions.receipts import Receipt
from lianxin.affairs.opinions.views.tell.beside import opinion_sent
from lianxin.affairs.opinions.views.tell.ways import NoDraft, Way
from lianxin.ground.core import toasts
from lianxin.ground.messages.wechat import wechat

PAPERS = ("58", "80")  # millimetres of the slips that small printers print


def sent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the receipt; the last step where it is not sent yet.

    Where the receipt was cleared, or its day is over, the page on which the code is typed: nobody is told to write anew
    what was sent.
    """

    @wraps(view)
    def entered(request: HttpRequest, way: Way, *args: str, **kwargs: str) -> HttpResponse:
        try:
            opinion = opinion_sent(request, way)
        except NoDraft:
            toasts.tell(request, _("收据不在这里了：只留24小时，也可能已经清掉。寄出了的不用再写，凭查询码看进展。"))
            return redirect("opinions:follow")
        if opinion is None:
            return redirect(way.url("send"))
        return view(request, way, Receipt.of(opinion, request.build_absolute_uri("/").rstrip("/")), *args, **kwargs)

    return entered


@sent
def receipt(request: HttpRequest, way: Way, receipt: Receipt) -> HttpResponse:
    """Number, code, who answers by which day."""
    context = {"way": way, "receipt": receipt, "code": grouped(receipt.opinion.code)}
    context |= {"papers": PAPERS if way.user else (), "wechat": wechat()}
    return render(request, "opinions/tell/receipt.html", context)


@sent
def day(request: HttpRequest, way: Way, receipt: Receipt) -> HttpResponse:
    """The day of the answer for a calendar."""
    return dates.of_receipt(receipt)


@sent
def slip(request: HttpRequest, way: Way, receipt: Receipt, paper: str) -> HttpResponse:
    """The receipt on a strip of paper."""
    if paper not in PAPERS:
        raise Http404
    context = {"way": way, "receipt": receipt, "code": grouped(receipt.opinion.code)}
    return render(request, "opinions/tell/slip.html", context | {"paper": paper})
