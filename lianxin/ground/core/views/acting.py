"""How a page does one verb: the form, the verb, a word that it is done, and back to the thing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now
from lianxin.ground.core.forms import Act


def done(request: HttpRequest, form: Act, *, back: str) -> HttpResponse:
    """Say that it is done, and go on to what was made, or back."""
    toasts.tell(request, form.told)
    return redirect(form.made or back)


def act_page(
    request: HttpRequest, form: Act, *, of: str, back: str, is_person: bool = False, note: str = ""
) -> HttpResponse:
    """Carry a sent form out and go on; otherwise show it, under the name `of` its thing.

    `is_person` says that this is a person's name, which stays as it is written in every script; `note` stands below.
    """
    if request.method == "POST" and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        return done(request, form, back=back)
    context = {"of": of, "back": back, "form": form, "is_person": is_person, "note": note}
    return render(request, "core/act.html", context, status=422 if form.is_bound else 200)
