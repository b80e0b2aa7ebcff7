"""The page of one matter, its calendar file, its photos, and the two questions on it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.opinions import dates
from lianxin.affairs.opinions.actions import judging
from lianxin.affairs.opinions.following import Matter
from lianxin.affairs.opinions.forms.follow import AddForm, RatingForm
from lianxin.affairs.opinions.views.follow.visits import Visit, visited
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.documents.serving import serve


@require_safe
@visited
def matter(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Where it is, what comes next, what was answered, what one can do."""
    return _page(request, visit)


def _page(request: HttpRequest, visit: Visit, *, rating: RatingForm | None = None) -> HttpResponse:
    shown = Matter(visit.opinion, now())
    if shown.is_withdrawn:
        return render(request, "opinions/follow/withdrawn.html", {"matter": shown})
    context = {
        "matter": shown,
        "answer_form": AddForm(shown) if shown.question else None,
        "rating_form": rating or (RatingForm(shown.rules) if shown.open_rating else None),
    }
    return render(request, "opinions/follow/matter.html", context, status=422 if rating else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@visited
def rate(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Takes the two answers, each for itself. Read by its address alone, it is the page of the matter."""
    if request.method != "POST":
        return redirect(f"{reverse('opinions:matter')}#judge")
    shown = Matter(visit.opinion, now())
    form = RatingForm(shown.rules, request.POST)
    if form.is_valid():
        try:
            judging.rate(visit.opinion, **form.cleaned_data, at=now())
        except RuleError as error:
            form.add_error(None, str(error))
        else:
            toasts.tell(request, _("记下了，谢谢您。"))
            return redirect("opinions:matter")
    return _page(request, visit, rating=form)


@require_safe
@visited
def file(request: HttpRequest, visit: Visit, pk: UUID) -> HttpResponse:
    """A photo, recording or scan of one's own, or one of an answer that a person has looked at."""
    shown = Matter(visit.opinion, now())
    files = [*shown.photos, *(one for answer in shown.answers for one in answer.files)]
    found = next((one for one in files if one.pk == pk), None)
    if found is None:
        raise Http404
    return serve(found, preview="small" in request.GET, range=request.headers.get("Range"))


@require_safe
@visited
def calendar(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The day of what comes next, for one's own calendar."""
    shown = Matter(visit.opinion, now())
    if shown.case.due_on is None or shown.is_withdrawn:
        raise Http404
    return dates.of_matter(shown)
