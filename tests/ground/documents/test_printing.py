"""DOCX made into PDF by LibreOffice."""

import io
import os
import time
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from lianxin.ground.documents import papers, printing
from lianxin.ground.documents.printing import NotPrinted
from lianxin.lib.papers import Form, Paper, Part

LETTER = Paper(
    Form.LETTER, "青禾县人大常委会办公室", "青人办函〔2026〕1号", "关于灯的函", body=(Part("桥头的灯不亮。"),)
)


@pytest.mark.documents
def test_libreoffice_prints_what_the_paper_says():
    pdf = PdfDocument(io.BytesIO(printing.as_pdf(papers.written(LETTER))))
    text = pdf[0].get_textpage().get_text_bounded()
    assert len(pdf) == 1
    assert "桥头的灯不亮" in text


def test_where_there_is_no_libreoffice_it_is_said(monkeypatch):
    monkeypatch.setattr(printing, "PROGRAMS", ("no-such-office",))
    with pytest.raises(printing.NoOffice):
        printing.as_pdf(b"")


@pytest.mark.parametrize("script", ["exit 3", "exit 0"])  # it says that it failed, or it does nothing
def test_what_libreoffice_does_not_make_is_said(monkeypatch, tmp_path, script):
    office = tmp_path / "soffice"
    office.write_text(f"#!/bin/sh\n{script}\n")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(NotPrinted):
        printing.as_pdf(b"no paper")


def test_what_takes_too_long_is_ended_with_its_children(monkeypatch, tmp_path):
    office, child = tmp_path / "soffice", tmp_path / "child"
    office.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {child}\nwait\n")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(printing, "WITHIN_S", 1)
    with pytest.raises(NotPrinted):
        printing.as_pdf(b"no paper")
    assert (
        not Path(f"/proc/{child.read_text().strip()}").exists()
        or "Z" in Path(f"/proc/{child.read_text().strip()}/stat").read_text()
    )


def test_what_a_killed_worker_left_is_swept_after_an_hour(settings, tmp_path):
    settings.HOME = tmp_path
    old, new = tmp_path / "printing" / "old", tmp_path / "printing" / "new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "paper.docx").write_bytes(b"words")
    os.utime(old, (time.time() - 4000,) * 2)
    printing.sweep()
    assert (old.exists(), new.exists()) == (False, True)
