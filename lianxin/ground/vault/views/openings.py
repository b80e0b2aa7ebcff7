"""Who looked at identities: one's own list, the list to be reviewed, and one opening."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.access.models import User
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.toasts import tell
from lianxin.ground.vault.forms import ReviewForm
from lianxin.ground.vault.models import Opening


@require_safe
@needs("vault.review")
def review(request: HttpRequest) -> HttpResponse:
    """What waits for review, the oldest first; with `done`, what was reviewed, the latest first."""
    done = "done" in request.GET
    openings = Opening.objects.visible_to(request.user).exclude(opened_by=request.user.pk).with_people()
    openings = openings.filter(reviewed_at__isnull=not done)
    page = page_by_key(openings, ["-opened_at", "-id"] if done else ["opened_at", "id"], request.GET)
    tabs = [
        {"href": "?", "label": _("待复核"), "is_current": not done},
        {"href": "?done=1", "label": _("已复核"), "is_current": done},
    ]
    return render(request, "vault/review.html", {"page": page, "tabs": tabs, "done": done})


@require_safe
@needs("vault.open")
def own(request: HttpRequest) -> HttpResponse:
    """What the user opened, and what was found of it."""
    openings = Opening.objects.filter(opened_by=request.user.pk).with_people()
    return render(request, "vault/own.html", {"page": page_by_key(openings, ["-opened_at", "-id"], request.GET)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def opening(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One opening; whoever may, judges it here."""
    found = get_object_or_404(Opening.objects.visible_to(request.user).with_people(), pk=pk)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        assert isinstance(request.user, User)
        demand(request.user, "vault.review", found)
        if form.is_valid():
            try:
                found.judge(**form.cleaned_data, by=request.user, at=now())
            except RuleError as refused:
                form.add_error(None, str(refused))
            else:
                tell(request, _("记下了：%(finding)s。") % {"finding": found.get_finding_display()})
                return redirect("vault:review")
    may_review = can(request.user, "vault.review", found)
    shown = {"opening": found, "form": form, "may_review": may_review}
    return render(request, "vault/opening.html", shown, status=422 if form.errors else 200)
