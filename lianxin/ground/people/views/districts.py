"""Electoral districts of the congresses, and what each covers."""

from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lianxin.ground.core.clock import today
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.people.models import District, Mandate


@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    """The districts that hold today, one congress after another, with how many places and seats each has."""
    now_open = Q(parts__ends_on__isnull=True)
    rows = District.objects.visible_to(request.user).on(today()).select_related("congress")
    page = page_by_key(
        rows.annotate(places=Count("parts", filter=now_open)), ("congress__name", "number", "id"), request.GET
    )
    return render(request, "people/districts.html", {"page": page})


@require_safe
def district(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One district: what it covers, what it covered before, and who was elected in it."""
    row = get_object_or_404(District.objects.visible_to(request.user).select_related("congress"), pk=pk)
    parts = list(row.parts.select_related("region__parent").order_by("region__code", "starts_on"))
    day = today()
    context = {
        "district": row,
        "parts": [part for part in parts if part.holds_on(day)],
        "former": [part for part in parts if part.ends_on and part.ends_on < day],
        "mandates": Mandate.objects.visible_to(request.user).on(day).filter(district=row).select_related("person"),
    }
    return render(request, "people/district.html", context)
