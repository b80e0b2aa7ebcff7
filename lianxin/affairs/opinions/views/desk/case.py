"""One opinion at the desk: beside the list, or as a page with everything that became of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.affairs.opinions import near
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import SEE
from lianxin.affairs.opinions.reading import Reading
from lianxin.affairs.opinions.seen import Seen
from lianxin.affairs.opinions.views.desk.ways import came_from, go_back
from lianxin.affairs.opinions.whole import WholeReading
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.cases.models import Handover, Reply
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.forms import ActForm
from lianxin.ground.core.views.timeline import timeline_about
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.documents.models.file import MAY_BE_PUBLIC
from lianxin.ground.documents.serving import serve

GUARD = "opinions.guard"


def opinion_of(request: HttpRequest, pk: UUID, *actions: str) -> Opinion:
    """An opinion that this person may see, with its case; 404 otherwise, 403 where they may not do one of `actions`."""
    found = get_object_or_404(Opinion.objects.visible_to(request.user).with_case(), pk=pk)
    for action in actions:
        demand(request.user, action, found)
    return found


@require_safe
@never_cache
@needs(SEE)
def opinion_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything about one; for htmx from the list only what stands beside it."""
    opinion = get_object_or_404(Opinion.objects.visible_to(request.user).with_case().with_signs(), pk=pk)
    sieve_text = came_from(request)
    if request.headers.get("HX-Target") == "read":
        context = {"reading": Reading(opinion, request.user), "from": sieve_text}
        return render(request, "opinions/desk/read.html", context)
    reading = WholeReading(opinion, request.user)
    known = reading.called | {("opinion", str(opinion.pk)): opinion.case.number}
    timeline = timeline_about(request, "opinion", opinion.pk, known=known)
    if timeline.is_asked_for_alone:
        return timeline.alone()
    shows_words = "words" in request.GET and bool(reading.guard)
    context = {"reading": reading, "timeline": timeline, "from": sieve_text, "shows_words": shows_words}
    return render(request, "opinions/desk/opinion.html", context)


@require_safe
@never_cache
@needs(SEE)
def as_handlers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same matter as those see it who handle it, or would."""
    opinion = opinion_of(request, pk)
    held = opinion.case.handovers.exclude(ending=Handover.Ending.UNDONE)
    handover = held.select_related("case__opinion", "case__region__parent__parent").latest("handed_at", "pk")
    context = {"reading": WholeReading(opinion, request.user), "seen": Seen(handover, today(), is_lens=True)}
    return render(request, "opinions/desk/as_handlers.html", context)


@require_safe
@never_cache
@needs(SEE)
def near_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The three nearest cases: loaded into the page where scripts run, else a page of its own."""
    opinion = opinion_of(request, pk)
    found = near.nearest(opinion, Opinion.objects.visible_to(request.user))
    context = {"reading": Reading(opinion, request.user), "found": found, "from": came_from(request)}
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, f"opinions/desk/{'near' if is_part else 'near_page'}.html", context)


def _owned(opinion: Opinion) -> Q:
    """The files of an opinion, and of what was answered to it."""
    sent = Reply.objects.filter(case=opinion.case_id, sent_at__isnull=False).values("pk")
    return Q(owner_kind="opinion", owner_id=opinion.pk) | Q(owner_kind="reply", owner_id__in=sent)


def _file(request: HttpRequest, pk: UUID, file_pk: UUID) -> File:
    """A file of an opinion; sound and scans for those alone who guard what was said."""
    opinion = opinion_of(request, pk)
    file = get_object_or_404(File.objects.filter(_owned(opinion)), pk=file_pk)
    if file.kind in (FileKind.VOICE, FileKind.SCAN):
        demand(request.user, GUARD, opinion)
    return file


@require_safe
@needs(SEE)
def file_page(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """The file itself, or its small picture."""
    file = _file(request, pk, file_pk)
    return serve(file, preview="small" in request.GET, range=request.headers.get("Range"))


class LookForm(ActForm):
    """看过照片 Who may see it: everybody, those who handle the matter, or nobody outside the office."""

    title, act = gettext_lazy("看照片给谁看"), gettext_lazy("记下")
    sees = forms.ChoiceField(
        label=gettext_lazy("给谁看"),
        help_text=gettext_lazy("有人脸、车牌、门牌、证件的，或者看得出是谁家的，不能公开。办的单位不该知道是谁说的。"),
        choices=[
            ("all", gettext_lazy("可以公开")),
            ("handlers", gettext_lazy("不公开，给办的单位和代表看：看不出是谁说的")),
            ("office", gettext_lazy("只留在办公室：看得出是谁说的")),
        ],
        widget=forms.RadioSelect,
    )

    @property
    def told(self) -> str:
        """What was decided."""
        if self.thing.is_public:
            return _("记下了：可以公开。")
        return _("记下了：给办的人看，不公开。") if self.thing.is_for_handlers else _("记下了：只留在办公室。")

    def verb(self, **facts: Any) -> None:
        """Say it."""
        sees = facts.pop("sees")
        self.thing.look(is_public=sees == "all", is_for_handlers=sees == "handlers", **facts)


class LookAtAnswerForm(LookForm):
    """看过答复附件 What a unit added to its answer: the author sees it, and others where the matter is public; or nobody."""

    title = gettext_lazy("看答复的附件能不能给反映人看")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sees"].help_text = _("附件里有别人的姓名、电话、证件的，不能给。事情公开的，大家也看得到。")
        self.fields["sees"].choices = [("all", _("可以给反映人看")), ("office", _("不给，只留在办公室"))]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(GUARD)
def look(request: HttpRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """Look at a photo or attachment and say whether everybody may see it."""
    opinion = opinion_of(request, pk, GUARD)
    file = get_object_or_404(File.objects.filter(_owned(opinion)), pk=file_pk, kind__in=MAY_BE_PUBLIC)
    form = (LookAtAnswerForm if file.owner_kind == "reply" else LookForm)(file, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.carry_out(by=request.user.pk, at=now()):
        return go_back(request, opinion, form.told)
    context = {"form": form, "file": file, "opinion": opinion, "from": came_from(request)}
    return render(request, "opinions/desk/look.html", context, status=422 if form.is_bound else 200)
