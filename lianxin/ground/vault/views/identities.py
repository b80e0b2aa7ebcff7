"""Opening who a voice is: with a purpose and a reason, shown once, reviewed by another, and the person sees that it was done."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lianxin.ground.access.doors import demand
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.vault.actions import open_identity
from lianxin.ground.vault.forms import OpenForm
from lianxin.ground.vault.models import Opening

OPEN = "vault.open"


def identity_page(
    request: HttpRequest, voice_id: UUID, thing: Any, *, of: str, back: str, note: str = ""
) -> HttpResponse:
    """Ask what for, then show name and contact once. Kept in no cache and in no history.

    `thing` is what the voice is of, which the caller has made sure that this person may see; `of` is what it is called.
    `note` says what can be done without looking.
    """
    demand(request.user, OPEN, thing)
    assert isinstance(request.user, User)
    form, told = OpenForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            told = open_identity(voice_id, by=request.user, at=now(), **form.cleaned_data)
        except RuleError as refused:
            form.add_error(None, str(refused))
    opened = Opening.objects.of_voice(voice_id).filter(opened_by=request.user.pk).first() if told else None
    context = {"of": of, "back": back, "note": note, "form": form, "told": told, "opened": opened}
    response = render(request, "vault/identity.html", context, status=422 if form.is_bound and told is None else 200)
    response["Cache-Control"] = "no-store"
    return response
