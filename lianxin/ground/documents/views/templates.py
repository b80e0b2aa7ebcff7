"""公文模板 The templates of the papers of a body or a unit: which is in force, what may stand in one, another, an older one again."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianxin.ground.access.doors import needs
from lianxin.ground.access.models import User
from lianxin.ground.core import toasts
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.documents import stationery
from lianxin.ground.documents.errors import SetMeanwhile, TemplateRefused
from lianxin.ground.documents.forms import TemplateForm
from lianxin.ground.documents.models import File, FileKind, Letterhead, PaperKind, Template
from lianxin.ground.documents.models.paper import SET_TEMPLATES
from lianxin.ground.documents.receiving import MEDIA_TYPES
from lianxin.ground.documents.serving import serve

DONE = {f"documents.{unit}template_{done}" for unit in ("", "unit_") for done in ("taken", "left")}


@require_safe
@needs(SET_TEMPLATES)
def templates(request: HttpRequest) -> HttpResponse:
    """Each kind of papers under each letterhead, and by what it is written."""
    heads = Letterhead.objects.visible_to(request.user).order_by("body__region__path", "issuer")
    in_force = {(one.head_id, one.kind): one for one in Template.objects.in_force().filter(head__in=heads)}
    rows = [(head, kind, in_force.get((head.pk, kind))) for head in heads for kind in stationery.forms(head)]
    return render(request, "documents/templates.html", {"rows": rows})


def _head(request: HttpRequest, pk: UUID, kind: str) -> Letterhead:
    head = get_object_or_404(Letterhead.objects.visible_to(request.user), pk=pk)
    if kind not in stationery.forms(head):
        raise Http404(kind)
    return head


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(SET_TEMPLATES)
def template(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """What may stand in a template of this kind, every version so far, and another."""
    head = _head(request, pk, kind)
    form = TemplateForm(request.POST, request.FILES) if request.method == "POST" else TemplateForm()
    if form.is_valid():
        try:
            made = stationery.take(head, kind, form.cleaned_data["file"], by=request.user.pk, at=now())
        except TemplateRefused as refused:
            form.add_error("file", [str(why) for why in refused.whys])
        except RuleError as refused:
            form.add_error("file", str(refused))
        else:
            toasts.tell(request, _("启用了%(version)s，以后出的都照它写。") % {"version": made})
            return redirect("documents:template", pk, kind)
    versions, owner = list(Template.objects.of(head, kind)), head.owner
    about = "unit" if head.unit_id else "body"
    timeline = timeline_about(request, about, owner.pk, known={(about, str(owner.pk)): str(owner)}, kinds=DONE)
    if timeline.is_asked_for_alone:
        return timeline.alone()
    context = {
        "timeline": timeline,
        "head": head,
        "kind": PaperKind(kind),
        "form": form,
        "versions": _with_names(versions),
        "in_force": next((one for one in versions if not one.left_at), None),
        "placeholders": stationery.explained(head, kind),
    }
    return render(request, "documents/template.html", context, status=422 if form.is_bound else 200)


def _with_names(versions: list[Template]) -> list[tuple[Template, str]]:
    """Each version, and who brought it."""
    ids = [one.pk for one in versions]
    files = File.objects.filter(owner_kind="template", owner_id__in=ids, kind=FileKind.TEMPLATE)
    added = dict(files.values_list("owner_id", "added_by"))
    names = User.objects.in_bulk([by for by in added.values() if by])
    return [(one, str(names.get(added.get(one.pk), ""))) for one in versions]


@require_safe
@never_cache
@needs(SET_TEMPLATES)
def built_in(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """The built-in layout as a template, to begin with."""
    head = _head(request, pk, kind)
    name = _("%(kind)s模板.docx") % {"kind": PaperKind(kind).label}
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    return HttpResponse(stationery.built_in(head, kind), content_type=MEDIA_TYPES["docx"], headers=headers)


@require_safe
@never_cache
@needs(SET_TEMPLATES)
def version(request: HttpRequest, pk: UUID, kind: str, number: int) -> HttpResponse:
    """One version, as it was brought."""
    one = get_object_or_404(Template.objects.of(_head(request, pk, kind), kind), version=number)
    return serve(one.file, called=_("%(kind)s模板%(version)s") % {"kind": one.get_kind_display(), "version": one})


@require_POST
@needs(SET_TEMPLATES)
def leave(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """Back to the built-in layout; from a page on which the version stood that is left."""
    if (one := _stood(request, _head(request, pk, kind), kind)) is None:
        toasts.tell(request, str(SetMeanwhile()))
    else:
        one.leave(by=request.user.pk, at=now())
        toasts.tell(request, _("以后出的都用内置版式。"))
    return redirect("documents:template", pk, kind)


@require_POST
@needs(SET_TEMPLATES)
def again(request: HttpRequest, pk: UUID, kind: str, number: int) -> HttpResponse:
    """An older version is the one in force again; from a page on which the version stood that it takes the place of."""
    head = _head(request, pk, kind)
    one = get_object_or_404(Template.objects.of(head, kind).select_related("head"), version=number)
    try:
        stationery.take_again(one, instead_of=_stood(request, head, kind), by=request.user.pk, at=now())
    except RuleError as refused:
        toasts.tell(request, str(refused))
    else:
        toasts.tell(request, _("启用了%(version)s，以后出的都照它写。") % {"version": one})
    return redirect("documents:template", pk, kind)


def _stood(request: HttpRequest, head: Letterhead, kind: str) -> Template | None:
    """The version that stood on the page as the one in force, if it still is."""
    found = Template.objects.of(head, kind).in_force()
    return found.filter(version=_number(request.POST.get("version", ""))).first()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
