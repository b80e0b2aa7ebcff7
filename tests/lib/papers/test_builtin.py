"""The built-in layout: says that it is one, shows what any font has, and says openly what none has."""

from dataclasses import replace
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from lianxin.lib.papers import Fonts, Part, builtin, pages
from tests.lib.papers.seen import read, rows
from tests.lib.papers.test_layout import BODY, LETTER, NOW

NOBODY_HAS = "\U0010fffd"  # the last sign of all, which no font shapes


def drawn(paper, **told):
    return pages(paper, fonts=Fonts(), at=NOW, **told)


def words(pdf):
    document = PdfDocument(BytesIO(pdf))
    return [page.get_textpage().get_text_bounded() for page in document]


def test_every_page_says_outside_of_the_type_area_that_it_is_built_in(tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(drawn(replace(LETTER, body=BODY * 8)).pdf)
    for page in range(2):
        mark = rows(file, page)[0]
        assert read(mark) == "内置版式"
        assert mark[0].bottom < 20


def test_a_sign_that_no_font_has_is_told_and_never_an_empty_box():
    paper = replace(LETTER, to=f"{NOBODY_HAS}镇", title=f"关于{NOBODY_HAS}𠮷的函")
    found = drawn(paper)
    [page] = words(found.pdf)
    assert found.lost == (NOBODY_HAS,)
    assert "关于〓𠮷的函" in page
    assert "〓处缺字：U+10FFFD" in page
    assert drawn(LETTER).lost == ()


def test_however_many_signs_are_lacking_the_paper_comes_out():
    lacking = "".join(chr(0x10FF00 + number) for number in range(builtin.MOST_LOST + 20))
    found = drawn(replace(LETTER, body=(Part(f"桥头的灯{lacking}不亮。"),)))
    assert len(found.lost) == builtin.MOST_LOST
    assert "桥头的灯" in words(found.pdf)[0]


def test_what_a_paper_says_is_never_read_as_a_command():
    said = '#panic("x") $x^2$ `raw` @ref <label> *b* _i_ = h \\ // c /* d */ #read("builtin.py") {{ to }} "\'"'
    assert said.replace(" ", "") in "".join(words(drawn(replace(LETTER, body=(Part(said),))).pdf)[0].split())


def test_it_is_made_for_the_archive_and_the_same_paper_gives_the_same_bytes():
    pdf = drawn(LETTER).pdf
    assert b"pdfaid:part" in pdf
    assert pdf == drawn(LETTER).pdf
    assert pdf == pages(LETTER, fonts=Fonts(), at=NOW.astimezone(ZoneInfo("Asia/Shanghai"))).pdf


def test_a_font_that_is_there_is_used_and_stood_in_for_where_it_is_not():
    there = next(iter(builtin.families().values()))
    assert there.replace(" ", "").encode() in pages(LETTER, fonts=Fonts(*[there] * 5), at=NOW).pdf
    assert words(pages(LETTER, fonts=Fonts(*["没有这种字体"] * 5), at=NOW).pdf) == words(drawn(LETTER).pdf)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_whatever_people_write_comes_out(text):
    paper = replace(LETTER, title=text, to=text, body=(Part(text, 1), Part(text)), attachments=(text,), note=text)
    assert drawn(paper).pdf.startswith(b"%PDF")


@pytest.mark.parametrize(("sign", "told"), [("𠮷", "U+20BB7"), ("Z", "U+005A"), ("葛\U000e0100", "U+845B+U+E0100")])
def test_a_sign_is_told_by_its_number(sign, told):
    assert builtin.code_of(sign) == told
