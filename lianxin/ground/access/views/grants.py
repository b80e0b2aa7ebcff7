"""Giving roles and taking them back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lianxin.ground.access import actions
from lianxin.ground.access.answering import Reach, reach, roles
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.access.duties import duties, may
from lianxin.ground.access.forms import sent
from lianxin.ground.access.forms.staff import GrantForm
from lianxin.ground.access.models import Grant, User
from lianxin.ground.access.rules import RoleRule
from lianxin.ground.core import asking
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.toasts import tell


@require_http_methods(["GET", "HEAD", "POST"])
@needs("access.grant")
def grant(request: HttpRequest, pk: UUID) -> HttpResponse:
    """First the role, then over what and for how long; each step is a page of its own address."""
    user = get_object_or_404(User.objects.visible_to(request.user).prefetch_related("grants"), pk=pk)
    demand(request.user, "access.grant", user)
    far, code = reach(request.user, "access.grant"), request.GET.get("role", "")
    role, words = roles().roles.get(code), asking.words(request)
    if role is None or not _is_within(far, role):
        shown = {"person": user, "roles": _roles_within(far, user), "has_grants": bool(user.running_grants())}
        return render(request, "access/grant_role.html", shown, status=422 if request.method == "POST" else 200)
    form = GrantForm(code, role, far, words, sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant(user, form.new_grant(), by=request.user.pk, at=now())
        except RuleError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, _("已授权%(name)s担任%(role)s。") % {"name": user.name, "role": role.called})
            return redirect("access:person", pk)
    shown = {"person": user, "form": form, "role": role, "code": code, "may": may(code), "words": words}
    return render(request, "access/grant.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("access.grant")
def end_grant(request: HttpRequest, pk: UUID, grant_pk: UUID) -> HttpResponse:
    """Ask once, then take the grant back."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    given = get_object_or_404(Grant.objects.select_related("user"), pk=grant_pk, user=user)
    demand(request.user, "access.grant", given)
    duty = duties([given])[0]
    if request.method == "POST":
        actions.end_grant(given, by=request.user.pk, at=now())
        tell(request, _("已收回%(name)s的%(duty)s授权。") % {"name": user.name, "duty": duty})
        return redirect("access:person", pk)
    return render(request, "access/end_grant.html", {"person": user, "duty": duty})


def _roles_within(far: Reach, user: User) -> list[dict[str, object]]:
    """The roles that somebody with this reach may give to `user`, with what each may do.

    Whoever does business is offered no office, whoever holds one nothing else.
    """
    held, rules = [roles().is_office(given.role) for given in user.running_grants()], roles()
    return [
        {"code": code, "rule": rule, "may": may(code)}
        for code, rule in rules.roles.items()
        if _is_within(far, rule) and not (any(held) or (held and rule.administrator))
    ]


def _is_within(far: Reach, rule: RoleRule) -> bool:
    """Whether somebody with this reach may give a role of this scope at all."""
    return far.everywhere or rule.scope in {kind for kind, _id in far.scopes}
