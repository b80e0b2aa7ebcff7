"""The bulletin as everybody reads it: on the page, on paper, in Word, in a feed; and the list behind each figure."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lianxin.account.bulletin import printing
from lianxin.account.bulletin.models import Issue
from lianxin.account.bulletin.printing import Printed
from lianxin.account.bulletin.rules import BulletinRules
from lianxin.account.bulletin.sheet import Sheet
from lianxin.account.bulletin.shown import shown
from lianxin.account.publishing.feeds import Entry, Feed, answer
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.published import READ, rows_of
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.headers import unless_known
from lianxin.ground.core.models import Platform
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.parts import FeedLink
from lianxin.ground.rulebook import in_force
from lianxin.ground.rulebook.errors import NothingInForce

FED = 24  # issues in the feed: two years
FRESH = "public, max-age=300"


def _called() -> str:
    try:
        return in_force(today()).section(BulletinRules).called
    except NothingInForce:
        return str(BulletinRules().called)


def _issue(number: int) -> Issue:
    return get_object_or_404(Issue.objects.issued().with_matters(), number=number)


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """Every issue, the latest first."""
    found = Issue.objects.issued().values_list("id", "number", "month", "issued_at", named=True)
    page = page_by_key(found.order_by(), ("-number",), request.GET, size=36)
    called = _called()
    context = {"page": page, "called": called, "feeds": [FeedLink(called, reverse("bulletin:feed"))]}
    return render(request, "bulletin/public.html", context)


@require_safe
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """One issue: what was issued, what was corrected since, and how it can be had."""
    own = _issue(number)
    sheet = shown(own)
    errata = list(own.errata.select_related("printed_in"))
    feeds = [FeedLink(sheet.title, reverse("bulletin:feed"))]
    context = {"issue": own, "sheet": sheet, "errata": errata, "algorithm": own.algorithm.upper(), "feeds": feeds}
    return render(request, "bulletin/issue.html", context)


@require_safe
def counted(request: HttpRequest, number: int, figure: str) -> HttpResponse:
    """The list behind a figure, as it stood when the issue was signed: what is public of it, by name, and how many are not."""
    own = _issue(number)
    one = next((told for told in own.sheet.numbers if told.code == figure), None)
    if one is None:
        raise Http404(figure)
    behind = own.counted.filter(figure=figure).values("case_id")
    found = Opinion.objects.public().filter(case__in=behind).values_list("id", *READ, named=True)
    page = page_by_key(found, ("-id",), request.GET)
    rows = rows_of(page.rows, in_force(today()).section(OpinionRules))
    return render(request, "bulletin/counted.html", {"issue": own, "figure": one, "page": page, "rows": rows})


FORMS = {"a4": False, "large": True}


@require_safe
def pdf(request: HttpRequest, number: int, form: str) -> HttpResponseBase:
    """The issue on A4 in two columns, or in large type."""
    if form not in FORMS:
        raise Http404(form)
    own = _issue(number)
    name = _("%(title)s（大字版）.pdf") if FORMS[form] else _("%(title)s.pdf")
    return _printed(request, own, form, name, printing.PDF, partial(printing.pdf, is_large=FORMS[form]))


@require_safe
def docx(request: HttpRequest, number: int) -> HttpResponseBase:
    """The issue as a Word file."""
    return _printed(request, _issue(number), "docx", _("%(title)s.docx"), printing.DOCX, printing.docx)


def _printed(
    request: HttpRequest, own: Issue, form: str, name: str, media_type: str, draw: Callable[[Printed], bytes]
) -> HttpResponseBase:
    """A file of an issue: made where whoever asks does not have it as it is, and once for all who ask."""
    sheet, base = shown(own), request.build_absolute_uri("/")
    told = Printed(sheet, own.fingerprint, own.algorithm, base)
    key = sha256(f"{form} {base} {own.fingerprint} {sheet.model_dump_json()}".encode()).hexdigest()[:32]

    def write() -> HttpResponse:
        title = f"{sheet.title}{own}"
        headers = {"Content-Disposition": content_disposition_header(False, name % {"title": title}) or ""}
        return HttpResponse(printing.kept(key, lambda: draw(told)), content_type=media_type, headers=headers)

    return unless_known(request, quote_etag(key), write, FRESH)


@require_safe
def roots(request: HttpRequest, number: int) -> HttpResponse:
    """The roots that the issue prints, as `lianxin verify` reads them."""
    sheet = _issue(number).sheet
    head = [f"# {sheet.issuer} {sheet.title} {sheet.number}", f"# {sheet.chain}"]
    return HttpResponse("\n".join([*head, *sheet.roots, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """The issues that came out last. Four queries, for who has them already too."""
    rows = list(Issue.objects.issued().with_matters().prefetch_related("errata")[:FED])
    sheets = [(one, shown(one)) for one in rows]
    state = [(one.edition, sheet.model_dump_json()) for one, sheet in sheets]
    platform = Platform.current()
    begun = platform.created_at if platform else now()
    updated = max((_touched(one) for one in rows), default=begun)
    told = Feed(_called(), reverse("bulletin:public"), updated, state, lambda: [_entry(*one) for one in sheets])
    return answer(request, told)


def _touched(one: Issue) -> datetime:
    assert one.issued_at, "it is out"
    return max([one.issued_at, *(erratum.written_at for erratum in one.errata.all())])


def _entry(one: Issue, sheet: Sheet) -> Entry:
    html = render_to_string("bulletin/feed_entry.html", {"sheet": sheet, "errata": one.errata.all()})
    return Entry(f"bulletin/{one.pk}", f"{sheet.title}{one}", one.public_url, _touched(one), html)
