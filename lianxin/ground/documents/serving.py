"""How a file is answered with. Who may see it was decided before."""

import re
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from lianxin.ground.core import workbooks
from lianxin.ground.documents.errors import PaperErased
from lianxin.ground.documents.models import File, FileKind, Paper

ENDINGS = {
    "image/jpeg": "jpg",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    workbooks.MEDIA_TYPE: "xlsx",
    "audio/mp4": "m4a",
    "audio/webm": "webm",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/amr": "amr",
    "audio/aac": "aac",
    "audio/mpeg": "mp3",
}
PUBLIC = "public, max-age=3600"  # an hour, in which a photo that is hidden again may still be seen
PRIVATE = "private, no-store"
RANGE = re.compile(
    r"bytes=(\d{0,18})-(\d{0,18})"
)  # one piece; several at once are answered with the whole (RFC 9110, 14.2)


class NoSuchPiece(Exception):
    """The piece that is asked for lies outside of the file."""


def serve(file: File, *, preview: bool = False, range: str | None = None, called: str = "") -> HttpResponse:  # noqa: A002
    """The file, or its small picture; of a sound the piece that `range` (the Range header) asks for, as players do.

    It is saved as what it is to the work, for nobody's name is in that; or as what it is `called`, without its ending.

    Answers 200, 206 or 416. Shown in the page, but attachments that are no picture are saved. Raises ContentLost, KeyDoesNotFit.
    """
    plain = file.content(preview=preview)
    try:
        piece = _piece(range, len(plain))
    except NoSuchPiece:
        response = HttpResponse(status=416, content_type=file.media_type)
        response["Content-Range"] = f"bytes */{len(plain)}"
        return _guarded(response, file)
    response = HttpResponse(plain[piece] if piece else plain, content_type=file.media_type)
    response["Content-Disposition"] = _disposition(file, called)
    if piece:
        response.status_code = 206
        response["Content-Range"] = f"bytes {piece.start}-{piece.stop - 1}/{len(plain)}"
    response["Content-Length"] = str(len(response.content))
    return _guarded(response, file)


def serve_paper(paper: Paper, ending: str) -> HttpResponse:
    """The DOCX or PDF of a paper, called by its number. Raises PaperErased, ContentLost, KeyDoesNotFit; Http404 where there is none."""
    if paper.erased_at:
        raise PaperErased(paper.number)
    found = [file for file in File.objects.of(paper.own) if ENDINGS[file.media_type] == ending]
    if not found:
        raise Http404(f"{paper} has no {ending}")
    return serve(found[0], called=str(paper))


def _guarded(response: HttpResponse, file: File) -> HttpResponse:
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = PUBLIC if file.is_public else PRIVATE
    return response


def _piece(asked: str | None, size: int) -> slice | None:
    """What a Range header asks for, or None for the whole. Raises NoSuchPiece."""
    found = RANGE.fullmatch(asked.strip()) if asked else None
    if not found or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:  # the last so many
        start, stop = max(size - int(last), 0), size
    else:
        start, stop = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < int(first):
            return None  # makes no sense, and is ignored (RFC 9110, 14.1.1)
    if start >= stop:
        raise NoSuchPiece
    return slice(start, stop)


def _disposition(file: File, called: str) -> str:
    is_shown = file.kind == FileKind.SCAN or file.media_type.startswith(("image/", "audio/"))
    ending, number = ENDINGS[file.media_type], file.position + 1
    named = called or _("%(what)s%(number)d") % {"what": file.get_kind_display(), "number": number}
    told = quote(f"{named}.{ending}")
    plain = f"{file.kind}-{number}.{ending}"
    return f"{'inline' if is_shown else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{told}"
