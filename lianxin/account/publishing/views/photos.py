"""Photos of a station: sent and looked at at the desk, shown on its page."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.account.publishing import photos
from lianxin.affairs.stations.models import Station
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.documents import actions as documents
from lianxin.ground.documents.forms import PhotosField
from lianxin.ground.documents.models import File
from lianxin.ground.documents.serving import serve

EDIT = "stations.edit"


class PhotosForm(forms.Form):
    """Photos that are sent."""

    photos = PhotosField(most=photos.MOST)


def _station(request: HttpRequest, pk: UUID) -> Station:
    """A station that this person may change."""
    found = Station.objects.visible_to(request.user).select_related("region", "body__region")
    station = get_object_or_404(found, pk=pk)
    demand(request.user, EDIT, station)
    return station


def _photo(station: Station, pk: UUID) -> File:
    return get_object_or_404(photos.photos_of(station), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EDIT)
def desk(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What there is, who has looked at it, and more to send."""
    station, by = _station(request, pk), request.user.pk
    assert by, "needs lets in who has signed in"
    form = PhotosForm(request.POST or None, request.FILES or None) if request.method == "POST" else PhotosForm()
    if form.is_bound and form.is_valid():
        try:
            photos.send(station, form.cleaned_data["photos"], by=by, at=now())
        except RuleError as refusal:
            form.add_error("photos", str(refusal))
        else:
            toasts.tell(request, _("收下了。另一个人看过，大家才看得到。"))
            return redirect("publishing:photos", pk=pk)
    found = [(photo, photo.added_by == by) for photo in photos.photos_of(station)]
    context = {"station": station, "photos": found, "form": form}
    return render(request, "publishing/photos.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(EDIT)
def photo(request: HttpRequest, pk: UUID, photo: UUID) -> HttpResponse:
    """The photo itself; or what becomes of it."""
    station, by = _station(request, pk), request.user.pk
    assert by, "needs lets in who has signed in"
    found = _photo(station, photo)
    if request.method != "POST":
        return serve(found, preview="small" in request.GET)
    done = request.POST.get("do", "")
    if done == "discard":
        documents.discard(found, by=by, at=now())
        toasts.tell(request, _("删去了。"))
    elif done in ("show", "hide"):
        photos.show(found, is_public=done == "show", by=by, at=now())
        toasts.tell(request, _("大家看得到了。") if done == "show" else _("只留在办公室。"))
    return redirect("publishing:photos", pk=pk)


@require_safe
def public(request: HttpRequest, pk: UUID, photo: UUID) -> HttpResponse:
    """A photo that somebody looked at and found fit for everybody."""
    station = get_object_or_404(Station.objects.visible_to(request.user), pk=pk)
    found = photos.photos_of(station).public().filter(pk=photo).first()
    if found is None:
        raise Http404(photo)
    return serve(found, preview="small" in request.GET)
