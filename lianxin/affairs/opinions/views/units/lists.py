"""The queue of a unit, and what was promised."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.opinions import queues, taking_out
from lianxin.affairs.opinions.forms.units import KeptForm
from lianxin.affairs.opinions.queues import HANDLE, SEE, Fate, Tab
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.cases.errors import PromiseSettled
from lianxin.ground.cases.models import Handover
from lianxin.ground.core import clock_words
from lianxin.ground.core.addresses import addresses
from lianxin.ground.core.clock import today
from lianxin.ground.core.drawing import drawn
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.people.models import Unit
from lianxin.ground.rulebook.exports import handed_out


@require_safe
@needs(HANDLE)
def queue(request: HttpRequest, tab: str = "") -> HttpResponse:
    """What lies with the unit and its offices: to be signed in, being handled, waiting for approval, or over."""
    handovers, day = queues.handled_by(request.user), today()
    count = queues.counts(handovers, day)
    asked = tab or request.GET.get("tab", "")
    tab = asked if asked in Tab.values else (Tab.SIGN if count[Tab.SIGN] else Tab.DOING)
    page = queues.page(handovers, tab, request.GET)
    context = {
        "tab": tab,
        "tabs": _tabs(tab, count),
        "late": count["late"],
        "page": page,
        "lines": (lines := queues.lines(page.rows, day)),
        "rows": drawn("opinions/units/line.html", _rows(lines)),
    }
    return render(request, "opinions/units/queue.html", context)


@require_safe
@needs(HANDLE)
def queue_workbook(request: HttpRequest) -> HttpResponse:
    """A tab of it, whole, for Excel."""
    handovers, asked = queues.handled_by(request.user), request.GET.get("tab", "")
    tab = Tab(asked) if asked in Tab.values else Tab.DOING
    return handed_out(taking_out.HELD, taking_out.held(handovers, tab), tab.label)


class Row(NamedTuple):
    """A line of the queue, in words; `clocks` are what each is for, its level and its words."""

    href: str
    clocks: tuple[tuple[str, str, str], ...]
    asks_return: bool
    is_approved: bool
    ending: str
    title: str
    number: str
    place: str
    role: str
    mine: str
    others: str
    round: int
    returns: int
    voices: int


def _rows(lines: Iterable[queues.Line]) -> list[Row]:
    address, between = addresses("opinions:unit_matter"), pgettext("between names", "、")
    steps = {"opinions_sign_in": _("签收"), "opinions_contact": _("首次联系")}
    roles, endings = dict(Handover.Role.choices), dict(Handover.Ending.choices)
    reply = _("答复")
    return [
        Row(
            address(line.handover.pk),
            tuple(
                (name, str(clock.level), clock_words.words(clock))
                for name, clock in ((reply, line.clock), *((steps[code], small) for code, small in line.small))
            ),
            line.handover.return_asked_at is not None,
            line.handover.is_running and line.handover.is_approved,  # type: ignore[attr-defined]
            str(endings.get(line.handover.ending, "")),
            line.title,
            line.case.number,
            line.place,
            str(roles[line.handover.role]),
            line.mine,
            between.join(line.others),
            line.handover.round.number,
            line.case.returns,
            line.case.voices,
        )
        for line in lines
    ]


def _tabs(current: str, count: dict[str, int]) -> list[dict[str, Any]]:
    home = reverse("opinions:unit_queue")
    hrefs = {Tab.APPROVAL: reverse("opinions:unit_drafts"), Tab.DONE: reverse("opinions:unit_past")}
    return [
        {
            "href": hrefs.get(tab, f"{home}?tab={tab}"),
            "label": tab.label,
            "is_current": tab == current,
            "count": count.get(tab),
        }
        for tab in Tab
    ]


@require_safe
@needs(HANDLE)
def promises(request: HttpRequest) -> HttpResponse:
    """What the unit and its offices promised, and what became of it."""
    return _promises(request, queues.promises_of(request.user), title=_("我们的承诺"), is_own=True)


@require_safe
@needs(SEE)
def all_promises(request: HttpRequest) -> HttpResponse:
    """What units promised in the matters of an office."""
    return _promises(request, queues.promises_seen_by(request.user), title=_("承诺"), is_own=False)


@require_safe
@needs(HANDLE)
def promises_workbook(request: HttpRequest) -> HttpResponse:
    """The same for Excel."""
    return _promises_taken_out(request, queues.promises_of(request.user))


@require_safe
@needs(SEE)
def all_promises_workbook(request: HttpRequest) -> HttpResponse:
    """What units promised in the matters of an office, for Excel."""
    return _promises_taken_out(request, queues.promises_seen_by(request.user))


def _promises_taken_out(request: HttpRequest, found: Any) -> HttpResponse:
    fate = _fate(request)
    return handed_out(taking_out.PROMISES, taking_out.promises(found, fate), fate.label)


def _fate(request: HttpRequest) -> Fate:
    asked = request.GET.get("fate", "")
    return Fate(asked) if asked in Fate.values else Fate.OPEN


def _promises(request: HttpRequest, found: Any, *, title: str, is_own: bool) -> HttpResponse:
    fate = _fate(request)
    count, day = queues.fates(found, today()), today()
    page = queues.promises(found, fate, request.GET)
    context = {
        "title": title,
        "is_own": is_own,
        "fate": fate,
        "tabs": [_fate_tab(one, fate, count) for one in Fate],
        "page": page,
        "rows": [(one, queues.title_of(one.case.opinion), queues.left(one, day)) for one in page.rows],
    }
    return render(request, "opinions/units/promises.html", context)


def _fate_tab(fate: Fate, current: str, count: dict[str, int]) -> dict[str, Any]:
    shown = count["open"] if fate == Fate.OPEN else None
    return {"href": f"?fate={fate}", "label": fate.label, "is_current": fate == current, "count": shown}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(HANDLE)
def kept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The unit says that a promise was kept, and how that is known."""
    seen = queues.promises_of(request.user).select_related("reply__handover", "case")
    promise = get_object_or_404(seen, pk=pk)
    unit = Unit.objects.select_related("region").get(pk=promise.reply.handover.party_id)
    demand(request.user, HANDLE, unit)
    if promise.kept_at or promise.lapsed_at:
        raise PromiseSettled
    form = KeptForm(promise, request.POST or None)
    back = reverse("opinions:unit_promises")
    return act_page(request, form, of=_("我们的承诺"), back=back, note=f"{promise.case.number}　{promise.what}")
