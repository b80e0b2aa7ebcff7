"""DOCX made into PDF by LibreOffice."""

import io
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from lianxin.ground.documents import papers, printing
from lianxin.ground.documents.printing import NotPrinted
from lianxin.lib.papers import Form, Paper, Part

LETTER = Paper(
    Form.LETTER, "青禾县人大常委会办公室", "青人办函〔2026〕1号", "关于灯的函", body=(Part("桥头的灯不亮。"),)
)


PDF = "%PDF-1.7 of {} %%EOF"


def told(pdf):
    return PdfDocument(io.BytesIO(pdf))[0].get_textpage().get_text_bounded()


@pytest.mark.documents
def test_libreoffice_prints_what_each_paper_says_and_one_that_is_broken_spoils_no_other():
    letters = [papers.written(replace(LETTER, body=(Part(words),))) for words in ("桥头的灯不亮。", "桥下的路不平。")]
    first, broken, last = printing.as_pdfs([letters[0], letters[0][:2000], letters[1]])
    assert "桥头的灯不亮" in told(first)
    assert "桥下的路不平" in told(last)
    assert isinstance(broken, NotPrinted)
    [alone] = printing.as_pdfs(letters[:1])
    assert told(alone) == told(first)


def test_where_there_is_no_libreoffice_it_is_said(monkeypatch):
    monkeypatch.setattr(printing, "PROGRAMS", ("no-such-office",))
    with pytest.raises(printing.NoOffice):
        printing.as_pdfs([b""])


@pytest.fixture
def office(monkeypatch, tmp_path):
    """An office that does with each paper what is told, and the log of its starts."""
    starts = tmp_path / "starts"
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    def install(script):
        program = tmp_path / "soffice"
        each = f'for one; do case "$one" in *.docx) pdf="${{one%.docx}}.pdf"; said=$(cat "$one"); {script};; esac; done'
        program.write_text(f"#!/bin/sh\necho $# >> {starts}\n{each}\n")
        program.chmod(0o755)
        return starts

    return install


@pytest.mark.parametrize("script", ["exit 3", "exit 0", ': > "$pdf"', 'echo "%PDF-1.7 half" > "$pdf"'])
def test_what_libreoffice_does_not_make_or_not_to_its_end_is_said(office, script):
    office(script)
    [made] = printing.as_pdfs([b"no paper"])
    assert isinstance(made, NotPrinted)


def test_several_are_printed_in_one_start(office):
    starts = office(f'echo \'{PDF}\' | sed "s/{{}}/$said/" > "$pdf"')
    made = printing.as_pdfs([b"one", b"two", b"three"])
    assert [pdf.decode().strip() for pdf in made] == [PDF.format(said) for said in ("one", "two", "three")]
    assert len(starts.read_text().splitlines()) == 1


@pytest.mark.parametrize("harm", ["exit 3", "kill -9 $$", "sleep 60", 'echo "%PDF-1.7 half" > "$pdf"; kill -9 $$'])
def test_one_at_which_libreoffice_breaks_off_fails_alone(office, monkeypatch, harm):
    monkeypatch.setattr(printing, "WITHIN_S", 1)
    office(f'test "$said" = bad && {{ {harm}; }}; echo \'{PDF}\' > "$pdf"')
    made = printing.as_pdfs([b"good", b"bad", b"late", b"last"])
    assert [isinstance(pdf, bytes) for pdf in made] == [True, False, True, True]


def test_what_takes_too_long_is_ended_with_its_children(monkeypatch, tmp_path):
    office, child = tmp_path / "soffice", tmp_path / "child"
    office.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {child}\nwait\n")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(printing, "WITHIN_S", 1)
    [made] = printing.as_pdfs([b"no paper"])
    assert isinstance(made, NotPrinted)
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
