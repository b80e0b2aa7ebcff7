"""What may be done beside the steps: say that another door is meant, join somebody else, look at a photo, throw it away."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from lianxin.affairs.opinions.actions import drafting, telling
from lianxin.affairs.opinions.addressing import address_of
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.similar import alike, echo_mark
from lianxin.affairs.opinions.views.tell.joining import already_joined, remember
from lianxin.affairs.opinions.views.tell.ways import Way
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now, today
from lianxin.ground.documents.serving import serve
from lianxin.ground.people.forms import phone_number
from lianxin.lib.text import clean


def door(request: HttpRequest, way: Way) -> HttpResponse:
    """It belongs to another door: which, and its telephone; nothing of what was written is kept. Or it does belong here."""
    held = way.held(request)
    doors = address_of(held.answers, today()).rules(today()).wrong_doors
    chosen = doors.get(request.POST.get("door", ""))
    if chosen is None:
        with way.changing(request) as held:
            held.answers.belongs_here = True
        return way.give(redirect(way.url("subject")), held)
    drafting.drop(held.draft.pk, by=way.by, at=now())
    return way.take(render(request, "opinions/tell/door.html", {"way": way, "right": chosen}))


def drop(request: HttpRequest, way: Way) -> HttpResponse:
    """Throw the draft away, or of what was sent what lets this browser see the receipt; say which of them is gone."""
    held = way.held(request)
    drafting.drop(held.draft.pk, by=way.by, at=now())
    if held.answers.is_sent:
        toasts.tell(request, _("收据从这个浏览器里清掉了。事情照办，查询码照用。"))
    else:
        toasts.tell(request, _("草稿删去了，这个浏览器里什么也没有留下。"))
    return way.take(redirect(way.url()))


def echo(request: HttpRequest, way: Way) -> HttpResponse:
    """Somebody met the same: counted once for a phone, without one once for a browser. Only what was shown can be joined."""
    held = way.held(request)
    address = address_of(held.answers, today())
    shown = {str(one.opinion.pk): one.opinion for one in alike(held.answers.words, address.whole)}
    opinion = shown.get(request.POST.get("opinion", ""))
    if opinion is None:
        raise Http404
    if str(opinion.pk) not in already_joined(request):
        telling.echo(opinion, mark=echo_mark(opinion.case_id, _phone(request)), at=now())
    with way.changing(request) as held:
        held.answers.echoed = sorted({*held.answers.echoed, str(opinion.pk)})
    response = way.give(redirect(f"{way.url('subject')}#similar"), held)
    return response if way.user else remember(request, response, opinion)


def _phone(request: HttpRequest) -> str:
    """The number somebody left so as not to be counted twice; what is none counts like no number."""
    try:
        return phone_number(clean(request.POST.get("phone", "")))
    except ValidationError:
        return ""


def file(request: HttpRequest, way: Way, pk: UUID) -> HttpResponse:
    """A file of this browser's own draft, for a look before it is sent."""
    held = way.held(request)
    own = next((one for one in drafting.files_of(held.draft.pk) if one.pk == pk), None)
    if own is None:
        raise Http404
    return serve(own, preview="whole" not in request.GET, range=request.headers.get("Range"))


def opinion_sent(request: HttpRequest, way: Way) -> Opinion | None:
    """The opinion that this browser has sent in the last day; None where it has not sent it yet. Raises NoDraft."""
    held = way.held(request)
    if not held.answers.is_sent:
        return None
    return get_object_or_404(Opinion.objects.with_case().select_related("mandate__person"), pk=held.draft.pk)
