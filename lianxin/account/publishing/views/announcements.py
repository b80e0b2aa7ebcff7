"""News and notices at the desk: written, submitted, looked at by somebody else, published, corrected, taken down."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianxin.account.publishing import attachments, deeds, forms, taking_out
from lianxin.account.publishing.kinds import OF_THE_OFFICE
from lianxin.account.publishing.lists import TABS, counts, in_tab, page, tab_of
from lianxin.account.publishing.models import Announcement, Story, Wording
from lianxin.account.publishing.models.announcement import REVIEW, WRITE, in_reach
from lianxin.account.publishing.models.wording import OPEN
from lianxin.account.publishing.reading import Whole
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.core import asking, toasts
from lianxin.ground.core.clock import now
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.forms import FindForm
from lianxin.ground.core.views.acting import act_page, done
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.documents.models import File
from lianxin.ground.documents.serving import serve
from lianxin.ground.rulebook.exports import handed_out


@require_safe
@needs(WRITE, REVIEW)
def announcements(request: HttpRequest) -> HttpResponse:
    """What is written, waits for review, is public, was taken down."""
    found = Wording.objects.filter(in_reach(request.user, WRITE, REVIEW, lead="announcement__body__"))
    counted = counts(found, now())
    tab = tab_of(request.GET.get("tab", ""), counted)
    tabs = [
        {"href": f"?tab={one.code}", "label": one.label, "is_current": one == tab, "count": counted[one.code]}
        for one in TABS
    ]
    context = {"tabs": tabs, "tab": tab, "page": page(found, tab, now(), request.GET), "at": now()}
    return render(request, "publishing/desk/announcements.html", context)


@require_safe
@needs(WRITE, REVIEW)
def workbook(request: HttpRequest) -> HttpResponse:
    """A tab of the list, whole, for Excel."""
    found = Wording.objects.filter(in_reach(request.user, WRITE, REVIEW, lead="announcement__body__"))
    tab = tab_of(request.GET.get("tab", ""), counts(found, now()))
    return handed_out(taking_out.NEWS, taking_out.rows(in_tab(found, tab, now())), tab.label)


@require_safe
@needs(WRITE, REVIEW)
def announcement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One: the words as readers see them, what goes along, each version, what was done."""
    own = _own(request, pk)
    timeline = timeline_about(request, "announcement", own.pk, kinds=OF_THE_OFFICE)
    if timeline.is_asked_for_alone:
        return timeline.alone()
    return _shown(request, own, {"timeline": timeline})


def _shown(request: HttpRequest, own: Announcement, more: dict[str, Any], status: int = 200) -> HttpResponse:
    whole = Whole(own, request.GET.get("version", ""), now())
    reviews, waits = deeds.may_review(request.user, own), None if whole.is_open else whole.under_way
    context = {
        "whole": whole,
        "deeds": deeds.offered(request.user, whole),
        "attach": forms.AttachForm(own) if deeds.may_write(request.user, own) and whole.is_open else None,
        "by": request.user.pk,
        "reviews": reviews,
        "is_led_to_review": reviews and waits is not None and not waits.is_written_by(request.user.pk),
    }
    if "timeline" not in more:
        more["timeline"] = timeline_about(request, "announcement", own.pk, kinds=OF_THE_OFFICE)
    return render(request, "publishing/desk/announcement.html", context | more, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Begin something new."""
    bodies = forms.bodies(in_reach(request.user, WRITE, lead=""))
    return _write(request, forms.WriteForm(None, request.POST if request.method == "POST" else None, bodies=bodies))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WRITE)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write on."""
    own = _own(request, pk)
    demand(request.user, WRITE, own)
    wording = get_object_or_404(own.wordings.filter(state__in=OPEN).select_related("announcement__body"))
    data = request.POST if request.method == "POST" else None
    return _write(request, forms.WriteForm(wording, data, bodies=forms.bodies(in_reach(request.user, WRITE, lead=""))))


def _write(request: HttpRequest, form: forms.WriteForm) -> HttpResponse:
    """The form; kept, or only looked at as readers would see it. htmx gets the look alone."""
    is_look = request.POST.get("do") == "look" or bool(getattr(request, "htmx", False))
    look = _look(form) if request.method == "POST" and is_look else None
    if getattr(request, "htmx", False):
        return render(request, "publishing/desk/look.html", {"look": look})
    if request.method == "POST" and not look and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        toasts.tell(request, form.told)
        return redirect("publishing:announcement", form.saved.announcement_id)
    if form.thing:
        back, called = form.thing.announcement.get_absolute_url(), form.thing.title
    else:
        back, called = reverse("publishing:announcements"), _("消息")
    context = {"form": form, "back": back, "called": called, "look": look}
    return render(request, "publishing/desk/write.html", context, status=422 if form.is_bound and not look else 200)


def _look(form: forms.WriteForm) -> Wording:
    """What was typed, as a wording that is not kept."""
    form.is_valid()
    told = {name: form.cleaned_data.get(name) or "" for name in ("title_", "text", "change")}
    return Wording(title=told["title_"], text=told["text"], change=told["change"])


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WRITE, REVIEW)
def act(request: HttpRequest, pk: UUID, kind: str) -> HttpResponse:
    """One of the acts."""
    if not (deed := deeds.DEEDS.get(kind)):
        raise Http404(kind)
    own = _own(request, pk)
    demand(request.user, deed.needs, own)
    whole = Whole(own, "", now())
    thing = own if deed.is_of_all else whole.under_way
    if thing is None:
        return redirect(own.get_absolute_url())
    more: dict[str, Any] = {"words": asking.words(request)} if issubclass(deed.form, FindForm) else {}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return act_page(request, deed.form(thing, *sent, **more), of=whole.title, back=own.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(REVIEW)
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Look at what was submitted, decide about what was found, publish."""
    own = _own(request, pk)
    demand(request.user, REVIEW, own)
    whole = Whole(own, "", now())
    if whole.under_way is None or whole.is_open:
        return redirect(own.get_absolute_url())
    form = forms.PublishForm(whole.under_way, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        return done(request, form, back=own.get_absolute_url())
    context = {"whole": whole, "form": form, "by": request.user.pk, "reviews": True}
    context["is_own"] = whole.under_way.is_written_by(request.user.pk)
    return render(request, "publishing/desk/review.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(WRITE)
def attach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a file along."""
    own = _own(request, pk)
    demand(request.user, WRITE, own)
    form = forms.AttachForm(own, request.POST, request.FILES)
    if form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        return done(request, form, back=own.get_absolute_url())
    return _shown(request, own, {"attach": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WRITE, REVIEW)
def attachment(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """The file itself; or what becomes of it."""
    own = _own(request, pk)
    found = get_object_or_404(own.attachments, pk=file)
    if request.method == "POST":
        _decide(request, own, found)
        return redirect(request.POST.get("back") == "review" and "publishing:review" or "publishing:announcement", pk)
    return serve(found, preview="small" in request.GET)


@require_safe
@needs(WRITE, REVIEW)
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet on which a deputy consented, for the office alone."""
    story = get_object_or_404(Story, announcement=_own(request, pk))
    if not (file := story.sheet):
        raise Http404("nobody signed")
    return serve(file)


def _decide(request: HttpRequest, own: Announcement, file: File) -> None:
    """Whether it may go along, or is taken away for good."""
    assert request.user.pk
    decided = request.POST.get("do", "")
    try:
        if decided == "discard":
            demand(request.user, WRITE, own)
            attachments.discard(own, file, by=request.user.pk, at=now())
            toasts.tell(request, _("删去了。"))
        elif decided in ("show", "hide"):
            demand(request.user, REVIEW, own)
            attachments.look(file, is_public=decided == "show", by=request.user.pk, at=now())
            toasts.tell(request, _("随消息公布。") if decided == "show" else _("只留在办公室。"))
    except RuleError as refusal:
        toasts.tell(request, str(refusal))


def _own(request: HttpRequest, pk: UUID) -> Announcement:
    return get_object_or_404(Announcement.objects.visible_to(request.user), pk=pk)
