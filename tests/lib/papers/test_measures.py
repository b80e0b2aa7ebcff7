"""What can be told of a paper without laying it out."""

from datetime import date

import pytest

from lianxin.lib.papers import Form, Paper, Part
from lianxin.lib.papers.measures import (
    AREA_WIDTH,
    LARGEST_HEAD,
    LINE,
    POINTS,
    SIZE_3,
    SMALLEST_HEAD,
    TIGHTER,
    day_told,
    head_size,
    numeral,
    width_of,
)


def test_22_lines_of_28_signs_fit_into_the_type_area_and_no_more():
    assert 22 * LINE <= 225 * POINTS < 22 * (LINE + 0.05)
    assert 28 * (SIZE_3 + TIGHTER) <= 156 * POINTS < 28 * (SIZE_3 + TIGHTER + 0.05)


@pytest.mark.parametrize("is_document", [True, False])
@pytest.mark.parametrize("length", [1, 4, 8, 11, 15, 22, 30, 44])
def test_a_red_head_fits_into_one_line_however_long_it_is(length, is_document):
    head = "人" * length
    size, scale = head_size(head, is_document=is_document)
    assert width_of(head, size) * scale / 100 <= AREA_WIDTH * POINTS
    assert SMALLEST_HEAD <= size <= LARGEST_HEAD[is_document]


def test_a_head_is_as_large_as_fits_and_set_narrower_only_when_it_could_not_be_read():
    assert head_size("人大常委会文件", is_document=True) == (62.0, 100)
    assert head_size("人" * 14, is_document=True) == (31.5, 100)
    assert head_size("人" * 30, is_document=True) == (30.0, 49)


def test_latin_signs_are_half_as_wide():
    assert width_of("2026年", 16) == 4 * 8 + 16
    assert width_of("〔2026〕12号", 16) == 6 * 8 + 3 * 16


def test_a_day_has_no_nought_before_a_single_numeral():
    assert day_told(date(2026, 3, 2)) == "2026年3月2日"


def test_a_level_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="0 to 4"):
        Part("一、", level=5)


def test_the_head_of_a_document_says_so_and_that_of_a_letter_does_not():
    facts = {"issuer": "青禾县人大常委会", "number": "", "title": ""}
    assert Paper(Form.DOCUMENT, **facts).head == "青禾县人大常委会文件"
    assert Paper(Form.LETTER, **facts).head == "青禾县人大常委会"


@pytest.mark.parametrize(
    ("number", "told"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (45, "四十五"), (99, "九十九")]
)
def test_numbers_of_sessions_are_told_in_chinese(number, told):
    assert numeral(number) == told


@pytest.mark.parametrize("number", [0, 100])
def test_what_no_heading_has_is_refused(number):
    with pytest.raises(ValueError, match="from 1 to 99"):
        numeral(number)
