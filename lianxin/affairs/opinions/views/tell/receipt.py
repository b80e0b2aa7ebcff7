"""The receipt. It is opened by the browser that sent the opinion, for a day; no code stands in an address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lianxin.affairs.opinions import dates
from lianxin.affairs.opinions.codes import grouped
from lianxin.affairs.opinions.receipts import Receipt
from lianxin.affairs.opinions.views.tell.beside import opinion_sent
from lianxin.affairs.opinions.views.tell.ways import Way
from lianxin.ground.messages.wechat import wechat

PAPERS = ("58", "80")  # millimetres of the slips that small printers print


def receipt(request: HttpRequest, way: Way) -> HttpResponse:
    """Number, code, who answers by which day."""
    opinion = opinion_sent(request, way)
    if opinion is None:
        return redirect(way.url("send"))
    context = {"way": way, "receipt": Receipt.of(opinion, _address(request)), "code": grouped(opinion.code)}
    context |= {"papers": PAPERS if way.user else (), "wechat": wechat()}
    return render(request, "opinions/tell/receipt.html", context)


def day(request: HttpRequest, way: Way) -> HttpResponse:
    """The day of the answer for a calendar."""
    opinion = opinion_sent(request, way)
    if opinion is None:
        return redirect(way.url("send"))
    return dates.of_receipt(Receipt.of(opinion, _address(request)))


def slip(request: HttpRequest, way: Way, paper: str) -> HttpResponse:
    """The receipt on a strip of paper."""
    if paper not in PAPERS:
        raise Http404
    opinion = opinion_sent(request, way)
    if opinion is None:
        return redirect(way.url("send"))
    context = {"way": way, "receipt": Receipt.of(opinion, _address(request)), "code": grouped(opinion.code)}
    return render(request, "opinions/tell/slip.html", context | {"paper": paper})


def _address(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
