"""The fonts of papers: named by the operator, found under any of their names, told where they are missing."""

import pytest

from lianxin.ground.core.doctor import State
from lianxin.ground.documents import faces, papers, printing
from lianxin.lib import papers as layout
from tests.ground.documents.test_printing import LETTER


@pytest.fixture(autouse=True)
def _asked_anew():
    faces._known.cache_clear()
    yield
    faces._known.cache_clear()


@pytest.fixture
def listed(monkeypatch, tmp_path):
    """What fontconfig answers."""

    def answer(script):
        program = tmp_path / "fc-list"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    return answer


def name(settings, **fonts):
    settings.PAPER_FONTS = fonts


def any_font():
    (file, index), family = next(iter(layout.families().items()))
    return file, index, family


def test_a_font_is_found_under_its_chinese_name_and_drawn_by_the_one_that_the_layout_knows(settings, listed):
    file, index, family = any_font()
    listed(f"printf '%s\\t%s\\t%s\\n' '{file}' {index} 'Some Song,某某宋体'")
    name(settings, title="某某宋体", body="SOME SONG", first="没有这种字体", second=family, page="也没有")
    assert faces.missing() == ["没有这种字体", "也没有"]
    assert faces.for_pages() == layout.Fonts(family, family, "没有这种字体", family, "也没有")


def test_a_variation_of_a_font_is_the_font(settings, listed):
    file, index, family = any_font()
    listed(f"printf '%s\\t%s\\t%s\\n' '{file}' {index + (3 << 16)} '某某宋体'")
    name(settings, title="某某宋体")
    assert faces.for_pages().title == family


@pytest.mark.parametrize("script", ["exit 3", "exit 0"])
def test_where_fontconfig_says_nothing_the_files_of_the_fonts_do(settings, listed, script):
    listed(script)
    name(settings, **dict.fromkeys(("title", "body", "first", "second", "page"), any_font()[2]))
    assert faces.missing() == []
    name(settings, title="没有这种字体")
    assert "没有这种字体" in faces.missing()


def test_a_paper_is_written_in_the_fonts_that_the_operator_named(settings):
    name(settings, title="某某小标宋", body="某某仿宋")
    docx = layout.Fonts(**settings.PAPER_FONTS)
    assert faces.named() == docx
    assert (docx.title, docx.first) == ("某某小标宋", "黑体")
    assert len(papers.written(LETTER)) > 1000


def test_the_check_names_what_is_missing_and_how_to_mend_it(settings, monkeypatch):
    name(settings, **dict.fromkeys(("title", "body", "first", "second", "page"), any_font()[2]))
    monkeypatch.setattr(printing, "PROGRAMS", ("sh",))
    assert [answer.state for answer in faces.papers_can_be_printed()] == [State.FINE]
    monkeypatch.setattr(printing, "PROGRAMS", ("no-such-office",))
    name(settings, title="某某小标宋")
    office, fonts = faces.papers_can_be_printed()
    assert "内置版式" in office.text
    assert "某某小标宋" in fonts.text
    assert "LIANXIN_FONT_BODY" in fonts.next
