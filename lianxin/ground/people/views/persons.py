"""Deputies: the roster as of any day, and one person's page."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lianxin.ground.access import can
from lianxin.ground.core.clock import today
from lianxin.ground.core.events import Ref
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.parts import parts_of
from lianxin.ground.core.views.timeline import Timeline, timeline_of
from lianxin.ground.people import lists
from lianxin.ground.people.acts.mandates import forms_for
from lianxin.ground.people.forms import DeputyFilter
from lianxin.ground.people.models import Mandate, MandatePause, Membership, Person
from lianxin.ground.people.rules import BodyRules
from lianxin.ground.rulebook import in_force

EDIT = "people.edit_person"
IN_A_LIST = 30


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
    listed = people.values_list(*lists.DEPUTY, named=True)
    page = page_by_key(listed, ("pinyin", "id"), request.GET, size=IN_A_LIST)
    context = {
        "form": form,
        "page": page,
        "deputies": list(lists.deputy_rows(page.rows, day)),
        "day": day,
        "is_today": day == today(),
        "body": asked.get("body"),
    }
    return render(request, "people/deputies.html", context)


@require_safe
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who somebody is: mandates at every level, bodies, how to reach them; to the office and the person what was recorded."""
    row = get_object_or_404(_with_mandates(request), pk=pk)
    mandates = sorted(
        row.mandates.all(), key=lambda mandate: (mandate.ends_on is not None, mandate.starts_on or date.min)
    )
    may_edit, may_amend = bool(can(request.user, EDIT, row)), bool(can(request.user, "people.amend_person", row))
    acts = [(mandate, forms_for(mandate) if can(request.user, EDIT, mandate) else {}) for mandate in mandates]
    sees_record = may_edit or may_amend or any(forms for _mandate, forms in acts)
    timeline = _timeline(request, row, mandates) if sees_record else None
    if timeline and timeline.is_asked_for_alone:
        return timeline.alone()
    context = {
        "person": row,
        "mandates": acts,
        "memberships": _memberships(row),
        "sees_phone": row.is_phone_public or bool(can(request.user, "people.see_phone", row)),
        "may_edit": may_edit,
        "may_amend": may_amend,
        "timeline": timeline,
        **parts_of("people:person", request, row),
    }
    return render(request, "people/person.html", context)


def _with_mandates(request: HttpRequest) -> QuerySet[Person]:
    """Persons with everything that their page says of their mandates."""
    pauses = Prefetch("pauses", MandatePause.objects.order_by("-starts_on"))
    held = Mandate.objects.select_related(
        "congress__region", "term", "district", "electing_body", "replaces__person", "replaced_by__person"
    )
    return Person.objects.visible_to(request.user).prefetch_related(Prefetch("mandates", held.prefetch_related(pauses)))


def _memberships(row: Person) -> list[tuple[Membership, str]]:
    """Where the person sits and sat, with the role as it is called here."""
    bodies = in_force(today()).section(BodyRules)
    return [
        (membership, bodies.role(membership.body.kind, membership.role))
        for membership in row.memberships.select_related("body").order_by("-starts_on")
    ]


def _timeline(request: HttpRequest, row: Person, mandates: list[Mandate]) -> Timeline:
    """Everything about the person, and about every mandate of this person."""
    refs = [Ref("person", row.pk), *(Ref("mandate", mandate.pk) for mandate in mandates)]
    return timeline_of(request, about=refs, parties=refs, known={(ref.kind, str(ref.id)): row.name for ref in refs})
