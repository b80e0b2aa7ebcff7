"""Opening who an author is: with a purpose and a reason, shown once, reviewed by another, and the author sees that it was done."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.affairs.opinions.views.desk.case import opinion_of
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.vault import actions as vault
from lianxin.ground.vault.models import Opening, Purpose

OPEN = "vault.open"


class OpenForm(forms.Form):
    """查看身份 What for, and why."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("用来做什么"),
        help_text=gettext_lazy("反映人会看到。"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("为什么非看不可"),
        help_text=gettext_lazy("复核的人会看到。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(OPEN)
def identity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask what for, then show name and contact once. Kept in no cache and in no history."""
    opinion = opinion_of(request, pk)
    demand(request.user, OPEN, opinion)
    assert isinstance(request.user, User)
    form, told = OpenForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            told = vault.open_identity(opinion.pk, by=request.user, at=now(), **form.cleaned_data)
        except RuleError as refused:
            form.add_error(None, str(refused))
    opened = Opening.objects.of_voice(opinion.pk).filter(opened_by=request.user.pk).first() if told else None
    context = {"opinion": opinion, "form": form, "told": told, "opened": opened}
    status = 422 if form.is_bound and told is None else 200
    response = render(request, "opinions/desk/identity.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
