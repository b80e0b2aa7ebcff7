"""打印 DOCX made into PDF by LibreOffice, which a server may have or not."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

from lianxin.ground.documents.errors import NotPrinted
from lianxin.lib.papers import Fonts

PROGRAMS = ("soffice", "libreoffice")
WITHIN_S = 120


class NoOffice(Exception):
    """This computer has no LibreOffice."""


def as_pdf(docx: bytes) -> bytes:
    """The PDF of a paper. Raises NoOffice where LibreOffice is absent, NotPrinted where it failed. Takes seconds."""
    if not (program := _first(PROGRAMS)):
        raise NoOffice
    with tempfile.TemporaryDirectory(prefix="lianxin-print-") as folder:  # it shows a paper: gone with the block
        paper = Path(folder, "paper.docx")
        paper.write_bytes(docx)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"  # two at once do not share one
        options = ["--headless", "--norestore", profile, "--convert-to", "pdf", "--outdir", folder, str(paper)]
        try:
            done = subprocess.run([program, *options], capture_output=True, text=True, timeout=WITHIN_S)
        except (OSError, subprocess.TimeoutExpired) as failed:
            raise NotPrinted(str(failed)) from failed
        made = paper.with_suffix(".pdf")
        if done.returncode or not made.exists():
            raise NotPrinted(done.stderr[:2000])
        return made.read_bytes()


def missing(fonts: Fonts) -> list[str]:
    """Those of the fonts that this computer lacks, for which the PDF shows others. Empty where nobody can say."""
    if not (program := _first(("fc-list",))):
        return []
    told = subprocess.run([program, ":", "family"], capture_output=True, text=True, timeout=WITHIN_S).stdout
    known = {name.strip() for line in told.splitlines() for name in line.split(",")}
    return [name for name in dict.fromkeys(astuple(fonts)) if name not in known]


def _first(programs: Sequence[str]) -> str | None:
    return next(filter(None, map(shutil.which, programs)), None)
