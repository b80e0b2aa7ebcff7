"""The inbox: views with counts, the list, and the one that is read; and what somebody keeps of it."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lianxin.affairs.opinions import inbox, taking_out
from lianxin.affairs.opinions.chips import chip
from lianxin.affairs.opinions.importing.desks import ENTER
from lianxin.affairs.opinions.models import Channel, Opinion, SavedView
from lianxin.affairs.opinions.models.opinion import SEE, OpinionQuerySet
from lianxin.affairs.opinions.reading import ICONS, Reading
from lianxin.affairs.opinions.views.desk.choices import desk_choices
from lianxin.affairs.opinions.voices import first_left
from lianxin.ground.access import can
from lianxin.ground.access.doors import needs
from lianxin.ground.cases.models import Case
from lianxin.ground.core import toasts
from lianxin.ground.core.addresses import addresses
from lianxin.ground.core.clock import day_of, now, today
from lianxin.ground.core.drawing import drawn
from lianxin.ground.core.ids import id_in
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.templatetags.look import icon
from lianxin.ground.people.models.region import Level
from lianxin.ground.people.places.english import called
from lianxin.ground.rulebook.exports import handed_out

SALT, SIZE = "opinions.inbox.as_of", 50


class Row(NamedTuple):
    """A line of the list, in words."""

    pk: UUID
    number: str
    title: str
    href: str
    page: str
    level: str
    clock: str
    icon: SafeString
    channel: str
    place: str
    when: str
    stage: str
    voices: int
    is_complaint: bool
    is_open: bool


CLOCK = ("body_id", "stage", "ended_at", "ending", "waits_for", "due_on")  # by which a clock is read
READ = (
    "pk",
    "title",
    "channel",
    "complains_of_kind",
    "lacks_place",
    "case_id",
    "case__number",
    "case__opened_at",
    "case__changed_at",
    "case__voices",
    *(f"case__{name}" for name in CLOCK),
    *(f"case__region__{name}" for name in ("name", "pinyin", "level", "parent__name", "parent__pinyin")),
)


@require_safe
@never_cache
@needs(SEE)
def inbox_page(request: HttpRequest) -> HttpResponse:
    """A view of the inbox, the oldest first, and beside it the opinion that is `open`."""
    seen, day = Opinion.objects.visible_to(request.user), today()
    sieve = inbox.Sieve.of(request.GET)
    views = inbox.views(day)
    rows = sieve.of_seen(seen, day).values_list(*READ, named=True)
    page = page_by_key(rows, views[sieve.view].order, request.GET, size=SIZE)
    counted = inbox.counts(seen, day)
    opened = _opened(request, seen)
    came = _kept(request, sieve)
    listing = Listing(views[sieve.view], came, opened, day)
    context = {
        "sieve": sieve,
        "view": views[sieve.view],
        "count": None if sieve.is_narrowed else counted.get(sieve.view),
        "groups": _groups(views, counted, sieve),
        "saved": SavedView.objects.filter(user=request.user.pk).order_by("name"),
        "page": page,
        "rows": (lines := listing.rows(page.rows)),
        "lines": drawn("opinions/desk/line.html", lines),
        "reading": opened and Reading(opened, request.user, day),
        "from": came,
        "as_of": signing.dumps(now().isoformat(), salt=SALT),
        "choices": (choices := desk_choices(request.user, sieve)),
        "filters": drawn("opinions/choice.html", choices),
        "may_enter": bool(can(request.user, ENTER)),
    }
    return render(request, "opinions/desk/inbox.html", context)


@require_safe
@never_cache
@needs(SEE)
def workbook(request: HttpRequest) -> HttpResponse:
    """A view of the inbox, whole, for Excel."""
    sieve, day = inbox.Sieve.of(request.GET), today()
    return handed_out(
        taking_out.INBOX,
        taking_out.rows(Opinion.objects.visible_to(request.user), sieve, day),
        inbox.views(day)[sieve.view].label,
    )


def _opened(request: HttpRequest, seen: OpinionQuerySet) -> Opinion | None:
    """What is read beside the list."""
    pk = id_in(request.GET.get("open", ""))
    return seen.with_case().with_signs().filter(pk=pk).first() if pk else None


def _kept(request: HttpRequest, sieve: inbox.Sieve) -> str:
    """Where one is in the inbox, to come back to."""
    return sieve.query(after=request.GET.get("after"), before=request.GET.get("before"))


class Listing:
    """The lines of a list. What they have in common, such as the names of days, is put into words once."""

    def __init__(self, view: inbox.View, came: str, opened: Opinion | None, day: date) -> None:
        self.view, self.came, self.quoted, self.opened = view, came, quote(came), opened
        self.icons = {channel: icon(name) for channel, name in ICONS.items()}
        self.channels = {channel.value: str(channel.label) for channel in Channel}
        self.stages = {stage.value: str(stage.label) for stage in Case.Stage}
        self.no_place, self.erased, self.pattern = _("没写村"), _("（已按规定销毁）"), _("n月j日")
        self.address = addresses("opinions:opinion")
        self.told_day = cache(lambda day: date_format(day, self.pattern))
        self.clock = cache(lambda *facts: chip(Case(**dict(zip(CLOCK, facts, strict=True))), day))
        self.called = cache(called)

    def rows(self, read: Sequence[Any]) -> list[Row]:
        """The lines of what was READ, each with its words, or those of the first voice that remains."""
        left = first_left([one.case_id for one in read if not one.title])
        return [self.row(one, one.title or (left[one.case_id].title if one.case_id in left else "")) for one in read]

    def row(self, one: Any, title: str) -> Row:
        """One line, of what was READ."""
        clock = self.clock(*(getattr(one, f"case__{name}") for name in CLOCK))
        return Row(
            one.pk,
            one.case__number,
            title or self.erased,
            f"?{self.came}&open={one.pk}",
            f"{self.address(one.pk)}?from={self.quoted}",
            clock.level,
            clock.words,
            self.icons[one.channel],
            self.channels[one.channel],
            self.no_place if one.lacks_place else self._place(one),
            self._when(one),
            "" if self.view.code == inbox.FIRST else self.stages[one.case__stage],
            one.case__voices,
            bool(one.complains_of_kind),
            self.opened is not None and one.pk == self.opened.pk,
        )

    def _place(self, one: Any) -> str:
        called = self.called(one.case__region__name, one.case__region__pinyin)
        if one.case__region__parent__name and one.case__region__level in (Level.VILLAGE, Level.GRID):
            return f"{self.called(one.case__region__parent__name, one.case__region__parent__pinyin)} {called}"
        return called

    def _when(self, one: Any) -> str:
        """The day by which it is listed: when it came in, or of what has ended, when that was."""
        return self.told_day(day_of(one.case__ended_at or one.case__opened_at))


class Link(NamedTuple):
    """A view beside the list."""

    label: str
    href: str
    number: int | None
    is_hot: bool
    is_current: bool


def _groups(views: dict[str, inbox.View], counted: dict[str, int], sieve: inbox.Sieve) -> list[dict[str, Any]]:
    groups: dict[str, list[Link]] = {}
    for view in views.values():
        number = counted.get(view.code)
        is_current = view.code == sieve.view and not sieve.is_narrowed
        href = f"?{inbox.Sieve(view=view.code).query()}"
        groups.setdefault(view.group, []).append(
            Link(str(view.label), href, number, view.is_hot and bool(number), is_current)
        )
    return [
        {"name": inbox.GROUPS[group], "views": drawn("opinions/desk/view.html", links)}
        for group, links in groups.items()
    ]


@require_safe
@never_cache
@needs(SEE)
def arrived(request: HttpRequest) -> HttpResponse:
    """How many came into the view since the page was read: told in a line, never put into the list."""
    sieve, day = inbox.Sieve.of(request.GET), today()
    try:
        since = datetime.fromisoformat(signing.loads(request.GET.get("as_of", ""), salt=SALT, max_age=86_400))
    except signing.BadSignature:
        return HttpResponse(status=204)
    rows = sieve.of_seen(Opinion.objects.visible_to(request.user), day)
    count = rows.filter(case__opened_at__gt=since).count()
    told = ngettext("又来了%(count)d件，点这里刷新", "又来了%(count)d件，点这里刷新", count) % {"count": count}
    context = {"count": count, "told": told, "sieve": sieve, "as_of": request.GET["as_of"]}
    return render(request, "opinions/desk/arrived.html", context)


@require_POST
@needs(SEE)
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the view and filters of the page under a name; the same name again keeps the newer ones."""
    name = request.POST.get("name", "").replace("\x00", "").strip()[:20]
    sieve = inbox.Sieve.of_text(request.POST.get("query", "")[:400])
    mine = SavedView.objects.filter(user=request.user.pk)
    if not name:
        toasts.tell(request, _("没有存：请给它起个名字。"))
    elif not mine.filter(name=name).exists() and mine.count() >= SavedView.MOST:
        toasts.tell(request, _("最多存%(most)d个，请先删掉一个。") % {"most": SavedView.MOST})
    else:
        assert request.user.pk
        SavedView.objects.update_or_create(user_id=request.user.pk, name=name, defaults={"query": sieve.query()})
        toasts.tell(request, _("存下了“%(name)s”。") % {"name": name})
    return redirect(f"{reverse('opinions:inbox')}?{sieve.query()}")


@require_POST
@needs(SEE)
def drop_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep it no longer."""
    saved = get_object_or_404(SavedView, pk=pk, user=request.user.pk)
    saved.delete()
    toasts.tell(request, _("删掉了“%(name)s”。") % {"name": saved.name})
    return redirect("opinions:inbox")


@require_safe
@never_cache
@needs(SEE)
def count_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How many lie in a view that one keeps: asked by the page when it is there, so that the page need not wait."""
    saved = get_object_or_404(SavedView, pk=pk, user=request.user.pk)
    sieve = inbox.Sieve.of_text(saved.query)
    number = sieve.of_seen(Opinion.objects.visible_to(request.user), today()).count()
    return HttpResponse(str(number), content_type="text/plain; charset=utf-8")
