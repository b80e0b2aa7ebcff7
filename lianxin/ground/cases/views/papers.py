"""Papers about a matter at the desk, whatever kind of matter it is: what was issued, and another."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.ground.access import can
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.cases.issue_form import About, IssueForm
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.views.acting import act_page
from lianxin.ground.documents.forms import LetterheadForm
from lianxin.ground.documents.models import Letterhead
from lianxin.ground.documents.models.paper import PaperQuerySet
from lianxin.ground.documents.serving import serve_paper
from lianxin.ground.people.models import Body, Unit

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Letter:
    """A kind of papers: the name of its address, its form, and what that is about, by the matter. Raises RuleError where it makes no sense now."""

    name: str
    form: type[IssueForm]
    about: Callable[[Any], About]

    def fits(self, thing: Any) -> bool:
        """Whether it makes sense now."""
        try:
            self.about(thing)
        except RuleError:
            return False
        return True


@dataclass(frozen=True)
class Papers:
    """The papers about one kind of matter: the app says what they are about, and has its pages by `urls`.

    `things` are the matters that somebody may see, each with its case; `issued` what was issued about one in words that
    this person may see. Whoever may `see` reads, whoever has the right to `issue` over the body in charge issues `letters`.
    """

    app: str
    things: Callable[[Any], QuerySet[Any]]
    issued: Callable[[Any, Any], PaperQuerySet]
    see: str
    issue: str
    letters: tuple[Letter, ...]

    def page(self, name: str, pk: UUID) -> str:
        """The address of one of its pages."""
        return reverse(f"{self.app}:{name}", args=[pk])

    def urls(self, base: str) -> list[URLPattern]:
        """Its pages, all below the same address."""
        own = {"of": self}
        return [
            path(base, papers_page, own, name="papers"),
            path(f"{base}head/", letterhead, own, name="letterhead"),
            *(path(f"{base}{one.name}/", letter, own | {"kind": one}, name=one.name) for one in self.letters),
            path(f"{base}<uuid:paper>.<slug:ending>", paper_file, own, name="paper"),
        ]


def _needs(right: str) -> Callable[[View], View]:
    """Only those enter who have this right over matters of the kind."""

    def wrap(view: View) -> View:
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, of: Papers, **kwargs: Any) -> HttpResponse:
            return needs(getattr(of, right))(view)(request, *args, of=of, **kwargs)

        return entered

    return wrap


def _thing(request: HttpRequest, of: Papers, pk: UUID) -> Any:
    """A matter that this person may see: else 404."""
    return get_object_or_404(of.things(request.user), pk=pk)


def _headed(request: HttpRequest, of: Papers, pk: UUID) -> Any:
    """One of a body for which this person issues papers: whose place it is alone does not sign for the county."""
    thing = _thing(request, of, pk)
    demand(request.user, of.issue, thing)
    demand(request.user, of.issue, thing.case.body)
    return thing


def issue_page(request: HttpRequest, form: IssueForm, *, back: str) -> HttpResponse:
    """A paper as it is proposed, mended and issued; below it under which number."""
    about, head = form.thing, form.head
    told = {"issuer": head.issuer, "mark": head.mark, "year": about.day.year}
    numbered, plain = _("%(issuer)s出文，文号是%(mark)s〔%(year)d〕的下一号。"), _("%(issuer)s署名，不编文号。")
    note = (numbered if form.is_numbered else plain) % told
    return act_page(request, form, of=about.case.number, back=back, note=note)


def head_page(request: HttpRequest, owner: Body | Unit, *, of: str, back: str) -> HttpResponse:
    """How a body or a unit heads its papers."""
    form = LetterheadForm(Letterhead.of(owner), request.POST or None, owner=owner)
    note = _("%(body)s出的公文都用它，说一次就够。") % {"body": owner}
    return act_page(request, form, of=of, back=back, note=note)


@require_safe
@never_cache
@_needs("see")
def papers_page(request: HttpRequest, pk: UUID, *, of: Papers) -> HttpResponse:
    """What was issued about a matter; asked again every few seconds while something is being written."""
    thing = _thing(request, of, pk)
    papers = list(of.issued(thing, request.user))
    context = {
        "thing": thing,
        "papers": papers,
        "waits": any(not paper.made_at and not paper.erased_at for paper in papers),
        "may": can(request.user, of.issue, thing.case.body),
        "letters": [(one.form.title, of.page(one.name, pk)) for one in of.letters if one.fits(thing)],
        "pages": {name: of.page(name, pk) for name in ("papers", "letterhead")},
        "file": f"{of.app}:paper",
    }
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, f"cases/desk/{'papers_list' if is_part else 'papers'}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_needs("issue")
def letter(request: HttpRequest, pk: UUID, *, of: Papers, kind: Letter) -> HttpResponse:
    """A paper: proposed, mended, issued. Before the first one of a body it is said how it heads them."""
    thing = _headed(request, of, pk)
    if (head := Letterhead.of(thing.case.body)) is None:
        return redirect(f"{of.page('letterhead', pk)}?for={kind.name}")
    form = kind.form(kind.about(thing), request.POST or None, head=head)
    return issue_page(request, form, back=of.page("papers", pk))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_needs("issue")
def letterhead(request: HttpRequest, pk: UUID, *, of: Papers) -> HttpResponse:
    """How the body in charge of a matter heads its papers; then on to the paper."""
    thing, after = _headed(request, of, pk), request.GET.get("for", "")
    return head_page(
        request,
        thing.case.body,
        of=thing.case.number,
        back=of.page(after if after in {one.name for one in of.letters} else "papers", pk),
    )


@require_safe
@never_cache
@_needs("see")
def paper_file(request: HttpRequest, pk: UUID, paper: UUID, ending: str, *, of: Papers) -> HttpResponse:
    """A paper about a matter, as DOCX or as PDF."""
    found = of.issued(_thing(request, of, pk), request.user)
    return serve_paper(get_object_or_404(found, pk=paper), ending)
