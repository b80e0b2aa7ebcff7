"""The five steps. Each is a page of its own that keeps what was answered, and may be come back to."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from lianxin.affairs.opinions import suggesting
from lianxin.affairs.opinions.actions import drafting
from lianxin.affairs.opinions.addressing import Address, address_of
from lianxin.affairs.opinions.forms.tell import SeenForm, SendForm, StepForm, SubjectForm, WhatForm
from lianxin.affairs.opinions.models import Answers, Channel
from lianxin.affairs.opinions.previewing import preview_of
from lianxin.affairs.opinions.rules import Notice
from lianxin.affairs.opinions.similar import alike, hinted_doors
from lianxin.affairs.opinions.views.tell.joining import already_joined
from lianxin.affairs.opinions.views.tell.ways import Held, NoDraft, Way
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.headers import listens
from lianxin.ground.documents.actions import Laid, discard, lay_all
from lianxin.ground.documents.models import File, FileKind
from lianxin.ground.messages import channels

STEPS = ("", "what", "subject", "seen", "send")


def names() -> list[str]:
    """What the steps are called."""
    return [_("在哪里"), _("什么事"), _("哪一类"), _("谁能看"), _("寄出")]


def step(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A step after the first, with the draft it goes on from and whom it is addressed to; the receipt once it is sent.

    Raises NoDraft.
    """

    @wraps(view)
    def entered(request: HttpRequest, way: Way, *args: Any) -> HttpResponse:
        held = way.held(request)
        if held.answers.is_sent:
            return redirect(way.url("receipt"))
        address = address_of(held.answers, today())
        if address.region is None:
            return redirect(way.url())
        return view(request, way, held, address, *args)

    return entered


def show(request: HttpRequest, way: Way, at: str, form: StepForm | None = None, **told: Any) -> HttpResponse:
    """The page of a step; 422 where what was sent was not in order."""
    number = STEPS.index(at) + 1
    context = {
        "way": way,
        "form": form,
        "steps": names(),
        "at": number,
        "back": way.url(STEPS[number - 2]) if number > 1 else "",
        "drop": way.url("drop"),
        **told,
    }
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, f"opinions/tell/{at or 'where'}.html", context, status=status)


def go_on(request: HttpRequest, way: Way, at: str, change: Callable[[Answers], None]) -> HttpResponse:
    """Keep what was answered, and go to the next step."""
    with way.changing(request) as held:
        change(held.answers)
        held.answers.done = sorted({*held.answers.done, at})
    following = STEPS[STEPS.index(at) + 1]
    return way.give(redirect(way.url(following)), held)


@listens
def what(request: HttpRequest, way: Way) -> HttpResponse:
    """The matter: words, photos, a voice; a scan where somebody brought a letter."""
    try:
        held = way.held(request)
    except NoDraft:
        if request.method != "POST":
            raise
        return _begin_with_words(request, way)
    if held.answers.is_sent:
        return redirect(way.url("receipt"))
    there = drafting.files_of(held.draft.pk)
    options: dict[str, Any] = {"answers": held.answers, "is_entered": bool(way.user), "there": there}
    form = WhatForm(request.POST, request.FILES, **options) if request.method == "POST" else WhatForm(**options)
    if form.is_bound and "discard" in request.POST:
        return _without(request, way, request.POST["discard"], form)
    if form.is_bound and "stay" in request.POST:
        return _without(request, way, "", form)
    if form.is_bound:
        _keep_files(form, held, way)
        if not form.errors:
            return go_on(request, way, "what", form.answer)
        with way.changing(request) as held:
            held.answers.words = form.cleaned_data.get("words", held.answers.words)
        there = drafting.files_of(held.draft.pk)
        form.stays(there)
    return _show_what(request, way, form, there)


def _show_what(request: HttpRequest, way: Way, form: WhatForm, there: Sequence[File]) -> HttpResponse:
    """The step of the words, with the files that are there; a letter that was scanned stands beside the words."""
    files = [(file, way.url("file", file.pk)) for file in there]
    is_letter = form.answers.came_by == Channel.LETTER
    has_letter = is_letter and any(file.kind == FileKind.SCAN for file in there)
    return show(request, way, "what", form, files=files, is_letter=is_letter, has_letter=has_letter)


def _begin_with_words(request: HttpRequest, way: Way) -> HttpResponse:
    """The draft was thrown away meanwhile: what was written begins a new one."""
    held = way.begin(Answers(words=request.POST.get("words", "").replace("\x00", "")[:20_000]))
    return way.give(redirect(f"{way.url()}?lost=1"), held)


def _without(request: HttpRequest, way: Way, id: str, form: WhatForm) -> HttpResponse:
    """Take a file away again, if any, and keep the words as they stand, and what was chosen meanwhile."""
    held = way.held(request)
    _keep_files(form, held, way)
    if any(name in form.errors for name in ("photos", "voice", "scan")):
        there = drafting.files_of(held.draft.pk)
        form.stays(there)
        return _show_what(request, way, form, there)
    with way.changing(request) as held:
        held.answers.words = form.cleaned_data.get("words", held.answers.words)
        for file in drafting.files_of(held.draft.pk):
            if str(file.pk) == id:
                discard(file, by=way.by, at=now())
    return way.give(redirect(way.url("what")), held)


def _keep_files(form: WhatForm, held: Held, way: Way) -> None:
    """Put what was chosen to the draft. What is refused the form tells; the rest stays, and need not be sent again."""
    form.is_valid()
    for name, kind in (("photos", FileKind.PHOTO), ("voice", FileKind.VOICE), ("scan", FileKind.SCAN)):
        if not (chosen := form.cleaned_data.get(name)):
            continue
        laid: list[Laid] = []
        try:
            laid = lay_all(chosen if isinstance(chosen, list) else [chosen], kind=kind)
            drafting.keep_files(held.draft.pk, laid, by=way.by, at=now())
        except RuleError as refusal:
            form.add_error(name, str(refusal))
            for one in laid:
                one.drop()


@step
def subject(request: HttpRequest, way: Way, held: Held, address: Address) -> HttpResponse:
    """What it is about; whether it belongs to another door; and who already says the same."""
    rules, words = address.rules(today()), held.answers.words
    options: dict[str, Any] = {"answers": held.answers, "is_entered": bool(way.user), "subjects": rules.subjects}
    form = SubjectForm(request.POST, **options) if request.method == "POST" else SubjectForm(**options)
    if form.is_bound and form.is_valid():
        return go_on(request, way, "subject", form.answer)
    near = [] if address.complaint else alike(words, address.whole)
    joined = {*held.answers.echoed, *already_joined(request)}
    hinted = {} if held.answers.belongs_here else hinted_doors(words, rules.wrong_doors)
    doors = [(code, door, hinted.get(code, ())) for code, door in rules.wrong_doors.items()]
    told = {
        "doors": doors,
        "hinted": [door for door in doors if door[2]],
        "suggested": suggesting.subject(words, address.whole, rules),
        "similar": [(one, str(one.opinion.pk) in joined) for one in near],
    }
    return show(request, way, "subject", form, **told)


@step
def seen(request: HttpRequest, way: Way, held: Held, address: Address) -> HttpResponse:
    """Who may see it, with the page that everybody would see."""
    options: dict[str, Any] = {"answers": held.answers, "is_entered": bool(way.user)}
    form = SeenForm(request.POST, **options) if request.method == "POST" else SeenForm(**options)
    is_asked = not address.complaint
    if request.method == "POST" and not is_asked:
        return go_on(request, way, "seen", lambda answers: None)
    if form.is_bound and form.is_valid() and "look" not in request.POST:
        return go_on(request, way, "seen", form.answer)
    chosen = form.data if form.is_bound else form.initial
    photos = [file for file in drafting.files_of(held.draft.pk) if file.kind == FileKind.PHOTO]
    preview = preview_of(held.answers, address, chosen.get("visibility", ""), chosen.get("shown_name", ""), len(photos))
    return show(request, way, "seen", form, preview=preview, is_asked=is_asked, address=address)


@step
def send(request: HttpRequest, way: Way, held: Held, address: Address) -> HttpResponse:
    """How the author is told, who receives it and by when; then it is sent, once however often the button is pressed."""
    rules, day = address.rules(today()), today()
    missing = _first_missing(held.answers, address, held)
    if missing is not None:
        return redirect(way.url(missing))
    options: dict[str, Any] = {"answers": held.answers, "is_entered": bool(way.user), "ways": channels.typed()}
    form = SendForm(request.POST, **options) if request.method == "POST" else SendForm(**options)
    if form.is_bound and form.is_valid():
        try:
            return _sent(request, way, form, rules.notice.version if rules.notice else "")
        except RuleError as refusal:
            form.add_error(None, str(refusal))
    files = drafting.files_of(held.draft.pk)
    told = {"address": address, "receiver": address.receiver(day), "answers": held.answers, "notice": rules.notice}
    told |= {
        "subject": rules.subject(held.answers.subject),
        "files": pgettext("between names", "、").join(_counted(files)),
        "paragraphs": _paragraphs(rules.notice) if rules.notice else (),
    }
    return show(request, way, "send", form, **told)


def _counted(files: Sequence[File]) -> Iterator[str]:
    """How many of each kind there are."""
    count = Counter(file.kind for file in files)
    if n := count[FileKind.PHOTO]:
        yield ngettext("%(n)d张照片", "%(n)d张照片", n) % {"n": n}
    if n := count[FileKind.VOICE]:
        yield ngettext("%(n)d段录音", "%(n)d段录音", n) % {"n": n}
    if n := count[FileKind.SCAN]:
        yield ngettext("%(n)d份扫描件", "%(n)d份扫描件", n) % {"n": n}


def _paragraphs(notice: Notice) -> tuple[str, ...]:
    """What the notice says, in the language of the page."""
    return notice.english if (get_language() or "").startswith("en") and notice.english else notice.paragraphs


def _first_missing(answers: Answers, address: Address, held: Held) -> str | None:
    if not answers.words and not any(file.kind == FileKind.VOICE for file in drafting.files_of(held.draft.pk)):
        return "what"
    return "seen" if not answers.visibility and not address.complaint else None


def _sent(request: HttpRequest, way: Way, form: SendForm, notice: str) -> HttpResponse:
    """Send the draft; of two at once the second finds it sent, and shows the same receipt."""
    with transaction.atomic(), way.changing(request) as held:
        if not held.answers.is_sent:
            form.answer(held.answers)
            address = address_of(held.answers, today())
            drafting.send(held.draft.pk, held.answers, address, notice=notice, by=way.by, at=now())
            held.answers = Answers(is_sent=True)
    return way.give(redirect(way.url("receipt")), held)
