"""Deputies: the roster as of any day, and one person's page."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lianxin.ground.access import can
from lianxin.ground.core.clock import today
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.people.forms import DeputyFilter
from lianxin.ground.people.models import Mandate, MandatePause, Membership, Person
from lianxin.ground.people.rules import BodyRules
from lianxin.ground.rulebook import in_force


@require_safe
def deputies(request: HttpRequest) -> HttpResponse:
    """Everybody with a mandate on a day, by name in pinyin order; by words, level, body or trade."""
    form = DeputyFilter(request.GET)
    form.full_clean()  # what cannot be understood is told beside its field, and the rest is asked
    asked = form.cleaned_data
    day = asked.get("on") or today()
    mandates = Mandate.objects.visible_to(request.user).on(day).filter(**form.of_mandate())
    people = Person.objects.visible_to(request.user).filter(Exists(mandates.filter(person=OuterRef("pk"))))
    if words := asked.get("q"):
        people = people.named_like(words)
    if body := asked.get("body"):
        people = people.filter(Exists(Membership.objects.on(day).filter(person=OuterRef("pk"), body=body)))
    held = Mandate.objects.on(day).select_related("congress", "district").order_by("level", "id")
    page = page_by_key(people.prefetch_related(Prefetch("mandates", held)), ("pinyin", "id"), request.GET)
    context = {"form": form, "page": page, "day": day, "is_today": day == today(), "body": asked.get("body")}
    return render(request, "people/deputies.html", context)


@require_safe
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who somebody is: mandates at every level, bodies, and how to reach them."""
    pauses = Prefetch("pauses", MandatePause.objects.order_by("-starts_on"))
    held = Mandate.objects.select_related("congress__region", "term", "district", "electing_body").prefetch_related(
        pauses
    )
    seen = Person.objects.visible_to(request.user).prefetch_related(Prefetch("mandates", held))
    row = get_object_or_404(seen, pk=pk)
    mandates = sorted(
        row.mandates.all(), key=lambda mandate: (mandate.ends_on is not None, mandate.starts_on or date.min)
    )
    bodies = in_force(today()).section(BodyRules)
    memberships = [
        (membership, bodies.role(membership.body.kind, membership.role))
        for membership in row.memberships.select_related("body").order_by("-starts_on")
    ]
    sees_phone = row.is_phone_public or bool(can(request.user, "people.see_phone", row))
    context = {
        "person": row,
        "mandates": mandates,
        "memberships": memberships,
        "sees_phone": sees_phone,
        "may_edit": bool(can(request.user, "people.edit_person", row)),
        "may_amend": bool(can(request.user, "people.amend_person", row)),
    }
    return render(request, "people/person.html", context)
