"""DOCX made into PDF by LibreOffice."""

import io

import pytest
from pypdfium2 import PdfDocument

from lianxin.ground.documents import papers, printing
from lianxin.ground.documents.errors import NotPrinted
from lianxin.lib.papers import Fonts, Form, Paper, Part

LETTER = Paper(
    Form.LETTER, "青禾县人大常委会办公室", "青人办函〔2026〕1号", "关于灯的函", body=(Part("桥头的灯不亮。"),)
)


@pytest.mark.documents
def test_libreoffice_prints_what_the_paper_says():
    pdf = PdfDocument(io.BytesIO(printing.as_pdf(papers.written(LETTER))))
    text = pdf[0].get_textpage().get_text_bounded()
    assert len(pdf) == 1
    assert "桥头的灯不亮" in text


@pytest.mark.documents
def test_fonts_that_are_not_there_are_named():
    assert printing.missing(Fonts(*["没有这种字体"] * 5)) == ["没有这种字体"]


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
