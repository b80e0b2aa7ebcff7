"""打印 DOCX made into PDF by LibreOffice, which a server may have or not."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

PROGRAMS = ("soffice", "libreoffice")
WITHIN_S = 120
LEFT_FOR_S = 3600


class NoOffice(Exception):
    """This computer has no LibreOffice."""


class NotPrinted(Exception):
    """LibreOffice is there, and did not make a PDF; the text is what it said."""


def as_pdfs(docxs: Sequence[bytes]) -> list[bytes | NotPrinted]:
    """The PDF of each paper, or why it has none, in one start of LibreOffice. Raises NoOffice where it is absent. Takes seconds.

    What one of several left undone, because LibreOffice broke off or hung, is tried alone: the others are not its fault.
    """
    if not (program := first(PROGRAMS)):
        raise NoOffice
    made = _converted(program, docxs)
    if len(docxs) == 1:
        return made
    return [pdf if isinstance(pdf, bytes) else _converted(program, [docxs[n]])[0] for n, pdf in enumerate(made)]


def _converted(program: str, docxs: Sequence[bytes]) -> list[bytes | NotPrinted]:
    home = _home()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    # What lies there shows papers: it is gone with the block, and after a kill by night.
    with tempfile.TemporaryDirectory(dir=home, ignore_cleanup_errors=True) as folder:
        papers = [Path(folder, f"{number}.docx") for number in range(len(docxs))]
        for paper, docx in zip(papers, docxs, strict=True):
            paper.write_bytes(docx)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"  # two at once do not share one
        options = ["--headless", "--norestore", profile, "--convert-to", "pdf", "--outdir", folder]
        try:
            told = run([program, *options, *map(str, papers)])
        except NotPrinted as failed:
            told = str(failed)
        return [_whole(paper.with_suffix(".pdf")) or NotPrinted(told[:2000]) for paper in papers]


def _whole(pdf: Path) -> bytes | None:
    """What was made, to its end: whoever is ended in the midst of writing leaves a piece."""
    made = pdf.read_bytes() if pdf.exists() else b""
    return made if made.rstrip().endswith(b"%%EOF") else None


def sweep() -> None:
    """Take away what a worker that was killed left lying: papers that nobody has sealed."""
    for folder in _home().glob("*"):
        if folder.stat().st_mtime < time.time() - LEFT_FOR_S:
            shutil.rmtree(folder, ignore_errors=True)


def run(command: Sequence[str]) -> str:
    """What a program says. Raises NotPrinted where it fails or takes too long; then its children are ended with it."""
    try:
        running = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
    except OSError as failed:
        raise NotPrinted(str(failed)) from failed
    try:
        told, complaint = running.communicate(timeout=WITHIN_S)
    except subprocess.TimeoutExpired as failed:
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        raise NotPrinted(str(failed)) from failed
    if running.returncode:
        raise NotPrinted(complaint[:2000])
    return told


def _home() -> Path:
    return Path(settings.HOME) / "printing"


def first(programs: Sequence[str]) -> str | None:
    """Where the first of the programs that is there lies."""
    return next(filter(None, map(shutil.which, programs)), None)
