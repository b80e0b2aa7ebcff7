"""公文 Papers: numbered when they are issued, written in the background, erased with the words that they are about."""

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks import task
from pydantic import TypeAdapter

from lianxin.ground.core import erasing
from lianxin.ground.core.clock import day_of, now
from lianxin.ground.core.events import Ref, record
from lianxin.ground.core.models import Event, Register
from lianxin.ground.documents import faces, printing
from lianxin.ground.documents.actions import discard, keep, lay
from lianxin.ground.documents.errors import PaperErased, PrintedMeanwhile
from lianxin.ground.documents.models import File, FileKind, Letterhead, Paper, PaperKind, Template
from lianxin.lib import papers as layout

log = logging.getLogger(__name__)
SOON = timedelta(minutes=10)
TOGETHER = 20  # in one start of LibreOffice: a second more for each, and no paper waits for all that wait
WORDS = TypeAdapter(layout.Paper)
Trouble = Paper.Trouble


def issue(
    content: layout.Paper,
    kind: PaperKind,
    *,
    id: UUID,
    about: Ref,
    to: UUID | None,
    head: Letterhead,
    at: datetime,
) -> Paper:
    """Give the paper the next number of its mark and year, if its kind has one, and have it written. Its issuer is that of the letterhead.

    `about` is whose words it holds, `to` the row by which the matter was given to the addressee, if it has one. The caller tells the
    record of it, and by whom, at the thing on whose page it stands.

    The number is taken in the transaction in which the paper comes to be: what is undone leaves no gap, and of two at
    the same moment each has its own (GB/T 9704-2012, 7.2.5). The `id` is made when the page is: the same once more
    raises IntegrityError.
    """
    with transaction.atomic():
        register = f"{head.mark}〔{day_of(at).year}〕"
        number = f"{register}{Register.take(register)}号" if kind.is_numbered else ""
        paper = Paper.objects.create(
            id=id,
            kind=kind,
            about_kind=about.kind,
            about_id=about.id,
            to_id=to,
            body_id=head.body_id,
            unit_id=head.unit_id,
            number=number,
            title=content.title.replace("\n", ""),
            to=content.to,
            content=WORDS.dump_python(replace(content, issuer=head.issuer, number=number), mode="json"),
            template=Template.objects.of(head, kind).in_force().first(),
            issued_at=at,
        )
        make.enqueue(str(paper.pk))
    return paper


@task()
def make(paper_id: str) -> None:
    """Write a paper that was issued: the DOCX, and the PDF; and what else waits by then, because LibreOffice takes seconds to start.

    What is written, or erased, stays as it is. Whatever happens to others here, each has its own task.
    """
    own = UUID(paper_id)
    if not (written := list(_written(_waiting(own), own))):
        return
    printed = _printed([docx for _paper, docx, _is_unfit in written])
    for (paper, docx, is_unfit), pdf in zip(written, printed, strict=True):
        _keep(paper, docx, pdf, is_unfit)


def _waiting(own: UUID) -> list[Paper]:
    """The paper, and others that nobody else has begun to print, the longest waiting first; none where it is written.

    Which were begun is a hint, so that two workers do not do the same twice: what is written is written once without it, and what
    a killed worker began is written by its own task.
    """
    at, waiting = now(), Paper.objects.filter(made_at=None, erased_at=None).select_related("template")
    found = list(waiting.filter(pk=own))
    if not found or not printing.first(printing.PROGRAMS):
        return found
    Paper.objects.filter(pk=own).update(begun_at=at)
    free = waiting.filter(Q(begun_at=None) | Q(begun_at__lt=at - SOON)).exclude(pk=own)
    others = free.order_by("issued_at", "pk")[: TOGETHER - 1]
    return found + [paper for paper in others if free.filter(pk=paper.pk).update(begun_at=at)]


def _written(waiting: list[Paper], own: UUID) -> Iterator[tuple[Paper, bytes, bool]]:
    """Each of them with its DOCX, and whether its template failed. One that cannot be written fails alone."""
    for paper in waiting:
        try:
            yield paper, *_by_template(paper)
        except Exception:
            if paper.pk == own:
                raise
            log.exception("%s was not written with others", paper.pk)


def _by_template(paper: Paper) -> tuple[bytes, bool]:
    """The DOCX by the template that was in force when it was issued, and whether that failed: then it is the built-in one."""
    content = WORDS.validate_python(paper.content)
    if paper.template is None:
        return written(content), False
    try:
        return layout.fill(paper.template.file.content(), content, fonts=faces.named()), False
    except Exception:  # noqa: BLE001 - whatever an office's file does, the paper is issued and has to be written
        log.exception("%s was not written by its template", paper.pk)
        return written(content), True


def _printed(docxs: list[bytes]) -> Sequence[bytes | Paper.Trouble]:
    """The PDF of each, or why LibreOffice made none. It is asked once: a PDF that somebody may have by then is never replaced by another."""
    try:
        made = printing.as_pdfs(docxs)
    except printing.NoOffice:
        return [Trouble.ABSENT] * len(docxs)
    for failed in made:
        if isinstance(failed, printing.NotPrinted):
            log.error("A paper was not printed", exc_info=failed)
    return [one if isinstance(one, bytes) else Trouble.FAILED for one in made]


def _keep(paper: Paper, docx: bytes, printed: bytes | Paper.Trouble, is_unfit: bool) -> None:
    """Its files, unless it was written or erased meanwhile; where nothing was printed, the PDF in the built-in layout."""
    drawn, trouble = _drawn(WORDS.validate_python(paper.content)), ""
    pdf = printed if isinstance(printed, bytes) else drawn.pdf
    if not isinstance(printed, bytes):
        trouble = printed if pdf else Trouble.NONE
    laid = [lay(io.BytesIO(plain), kind=FileKind.PAPER) for plain in (docx, pdf) if plain]
    facts: dict[str, Any] = {"missing_fonts": faces.missing(), "missing_signs": list(drawn.lost), "trouble": trouble}
    facts |= {"made_at": now(), "fingerprint": sha256(docx).hexdigest(), "is_template_unfit": is_unfit}
    with transaction.atomic():
        is_first = Paper.objects.filter(pk=paper.pk, made_at=None, erased_at=None).update(**facts)
        if is_first:
            for one in laid:
                keep(one, kind=FileKind.PAPER, owner=paper.own, by=None, at=now(), body=paper.body_id)
    if not is_first:
        for one in laid:
            one.drop()


def _drawn(content: layout.Paper) -> "layout.Printed":
    """The built-in layout, which also tells which signs no font has; nothing where it fails, for a DOCX needs no PDF."""
    try:
        return layout.pages(content, fonts=faces.for_pages(), at=now())
    except layout.NotDrawn:
        log.exception("A paper was not drawn")
        return layout.Printed(b"", ())


def make_again(due_at: datetime) -> str:
    """Ask once more for what was issued and is not written a while later, because a disk was full or a worker killed; how many."""
    waiting = Paper.objects.filter(made_at=None, erased_at=None, issued_at__lt=now() - SOON)
    for pk in (found := list(waiting.values_list("pk", flat=True))):
        make.enqueue(str(pk))
    return str(len(found))


def written(content: layout.Paper) -> bytes:
    """The DOCX of what a paper says."""
    file = io.BytesIO()
    layout.write(content, file, fonts=faces.named())
    return file.getvalue()


PRINTED = "documents.printed_out"


def runs_of(paper: Paper) -> QuerySet[Event]:
    """How often a paper was printed for somebody: an event each."""
    return Event.objects.about("paper", paper.pk).standing().filter(kind=PRINTED)


def print_out(paper: Paper, copies: int, to: str, *, runs: int, by: UUID, at: datetime) -> None:
    """印发 So many copies of a paper were printed, for these. `runs` is how many the page showed.

    Raises PrintedMeanwhile where there are more; PaperErased.
    """
    with transaction.atomic():
        held = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
        if held.erased_at:
            raise PaperErased(held.number)
        if runs_of(held).count() != runs:
            raise PrintedMeanwhile
        facts, texts = {"copies": copies}, {"to": to}
        record(PRINTED, subject=held.own, by=by, at=at, body=held.body_id, facts=facts, texts=texts)


def erase(about: Ref, *, at: datetime) -> None:
    """Take away for good what papers about a thing say, also in title and address, which somebody may have written anew.

    That something was issued, of which kind, when and under which number, stays.
    """
    for paper in Paper.objects.about(about).filter(erased_at=None):
        with transaction.atomic():
            Paper.objects.filter(pk=paper.pk).update(content=None, title="", to="", missing_signs=[], erased_at=at)
            for file in File.objects.of(paper.own):
                discard(file, by=None, at=at)
            erasing.forget_after_commit()
