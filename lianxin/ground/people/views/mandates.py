"""What happens to a mandate, and what is known of a person."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.people.acts.mandates import LinkForm, OwnPersonForm, PersonForm, forms_for
from lianxin.ground.people.models import Mandate, Person

EDIT = "people.edit_person"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EDIT)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Do one of the verbs of a mandate."""
    seen = Mandate.objects.visible_to(request.user).select_related("person", "congress__region", "congress__parent")
    mandate = get_object_or_404(seen.prefetch_related("pauses"), pk=pk)
    demand(request.user, EDIT, mandate)
    if not (form_class := forms_for(mandate).get(kind)):
        raise Http404(kind)
    form, person = form_class(mandate, request.POST or None), mandate.person
    return act_page(
        request, form, of=person.name, back=person.get_absolute_url(), is_person=True, note=mandate.congress.name
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EDIT)
def link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say by which name a person signs in."""
    seen = Person.objects.visible_to(request.user).prefetch_related("mandates__congress__region")
    person = get_object_or_404(seen, pk=pk)
    demand(request.user, EDIT, person)
    form = LinkForm(person, request.POST or None)
    return act_page(request, form, of=person.name, back=person.get_absolute_url(), is_person=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def amend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is known of a person: the office everything, the person the own phone and whether it is public."""
    seen = Person.objects.visible_to(request.user).prefetch_related("mandates__congress__region")
    person = get_object_or_404(seen, pk=pk)
    demand(request.user, "people.amend_person", person)
    form_class = PersonForm if can(request.user, EDIT, person) else OwnPersonForm
    form = form_class(person, request.POST or None)
    return act_page(request, form, of=person.name, back=person.get_absolute_url(), is_person=True)
