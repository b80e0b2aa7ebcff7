"""Cells as offices fill them."""

from datetime import date, datetime
from typing import Any

import pytest

from lianxin.ground.people.roster import cells
from lianxin.ground.people.roster.ethnicities import GROUPS, ethnicity

NAME, WORDS, CODE, TERM = cells.name(60), cells.words(20), cells.code(20), cells.number(1, 99)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (None, ""),
        ("  石桥镇　", "石桥镇"),
        ("ＡＢＣ１２３", "ABC123"),
        ("石桥镇\n橘林村", "石桥镇 橘林村"),
        ("橘林村（社区）", "橘林村（社区）"),
        ("橘\u200b林\ufeff村\u00ad", "橘林村"),
        ("橘林村_x000D_", "橘林村"),
        ("一_x0000_二_xD800_", "一二"),
        ("\u3000\t\u00a0", ""),
        ("﨑", "﨑"),
        (7.0, "7"),
        (7.5, "7.5"),
        (True, "是"),
        (datetime(2021, 12, 3), "2021-12-03"),
    ],
)
def test_words_lose_what_cannot_be_seen_and_keep_what_can(cell: Any, said: str) -> None:
    assert cells.text(cell) == said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("张 三", "张三"),
        ("张　　三", "张三"),
        (" 罗青禾 ", "罗青禾"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("𠮷野䶮", "𠮷野䶮"),
        ("葛\U000e0100", "葛"),
        ("Anna  Li", "Anna Li"),
    ],
)
def test_a_name_keeps_its_characters_however_rare(cell: str, said: str) -> None:
    assert NAME(cell) == said


@pytest.mark.parametrize(
    "cell", ["张三😀", "张三（女）", "张三2", "·", "张\ue000", "=cmd|' /C calc'!A0", "张、李", "三" * 61]
)
def test_what_is_no_name_is_refused(cell: str) -> None:
    with pytest.raises(cells.NotThat):
        NAME(cell)


@pytest.mark.parametrize(
    "cell",
    [
        13800000001,
        13800000001.0,
        "13800000001",
        " 138 0000 0001 ",
        "138-0000-0001",
        "１３８００００　０００１",
        "138—0000—0001",
        "+86 13800000001",
        "0086-13800000001",
        "（86）13800000001",
        "13800000001.0",
        "1.3800000001E+10",
        "1.3800000001e10",
    ],
)
def test_a_mobile_is_read_however_it_is_typed(cell: Any) -> None:
    assert cells.phone(cell) == "13800000001"


@pytest.mark.parametrize(("cell", "digits"), [("0717-6600001", "07176600001"), ("（0717）6600001", "07176600001")])
def test_a_landline_needs_its_area_code(cell: str, digits: str) -> None:
    assert cells.phone(cell) == digits


@pytest.mark.parametrize(
    "cell",
    [
        "1.38E+10",
        "1.38000001e+10",
        "1380000000",
        "138000000011",
        "13800000001/13900000001",
        7176600001,
        "无",
        "12345678901",
    ],
)
def test_a_phone_with_digits_lost_or_too_many_is_refused(cell: Any) -> None:
    with pytest.raises(cells.NotThat):
        cells.phone(cell)


@pytest.mark.parametrize(
    "cell",
    [
        date(2021, 12, 3),
        datetime(2021, 12, 3, 8, 30),
        44533,
        44533.0,
        "44533",
        20211203,
        "20211203",
        "2021-12-03",
        "2021-12-3 00:00:00",
        "2021.12.3",
        "2021/12/03",
        "2021年12月3日",
        "２０２１年１２月３日",
        " 2021 年 12 月 3 日 ",
        "２０２１－１２－０３",
        "２０２１／１２／３",
        "2021年12月3号",
        "二〇二一年十二月三日",
        "二○二一 年十二月三日",
        "二零二一年十二月三号",
        "2021年十二月3日",
    ],
)
def test_a_day_is_read_in_every_form(cell: Any) -> None:
    assert cells.day(cell) == date(2021, 12, 3)


@pytest.mark.parametrize(
    "cell",
    [
        "2021-02-31",
        "2021年13月1日",
        "20211301",
        "2021",
        "2021-12",
        7,
        "0021-12-03",
        "12/3/2021",
        "去年",
        "#VALUE!",
        "二〇二一年十三月三日",
        "二〇二一年十十月三日",
        "二〇二一年二月三十一日",
        "二一年十二月三日",
    ],
)
def test_a_day_that_is_none_is_refused(cell: Any) -> None:
    with pytest.raises(cells.NotThat):
        cells.day(cell)


@pytest.mark.parametrize(
    ("cell", "on"), [("二〇二一年十二月三十一日", date(2021, 12, 31)), ("二〇二〇年二月二十九日", date(2020, 2, 29))]
)
def test_a_day_is_read_in_chinese_numbers(cell: str, on: date) -> None:
    assert cells.day(cell) == on


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("汉", "汉族"),
        ("汉族", "汉族"),
        (" 土 家 族 ", "土家族"),
        ("维吾尔", "维吾尔族"),
        ("土", "土族"),
        ("其他", "其他"),
    ],
)
def test_an_ethnic_group_is_one_of_the_national_list_with_or_without_its_last_character(cell: str, said: str) -> None:
    assert ethnicity(cell) == said
    assert len(set(GROUPS)) == 56


@pytest.mark.parametrize(
    ("cell", "meant"), [("蒙族", "蒙古族"), ("维族", "维吾尔族"), ("汉人", "汉族"), ("美国", ""), ("族", "")]
)
def test_no_other_word_is_an_ethnic_group_and_the_nearest_is_told(cell: str, meant: str) -> None:
    with pytest.raises(cells.NotThat) as refused:
        ethnicity(cell)
    assert refused.value.nearest == meant


@pytest.mark.parametrize(
    ("cell", "number"),
    [(7, 7), (7.0, 7), ("7", 7), ("第7届", 7), ("第七届", 7), ("十四", 14), ("第十届", 10), ("二十", 20), ("２１", 21)],
)
def test_a_term_is_a_number_however_it_is_written(cell: Any, number: int) -> None:
    assert TERM(cell) == number


@pytest.mark.parametrize("cell", ["七七", "0", 0, 100, "-7", "7.5", "本届", "9" * 400, "第届"])
def test_what_is_no_number_of_a_term_is_refused(cell: Any) -> None:
    with pytest.raises(cells.NotThat):
        TERM(cell)


def test_a_number_that_names_something_keeps_its_noughts_and_its_digits() -> None:
    assert CODE("００１２") == "0012"
    assert CODE(12) == "12"
    with pytest.raises(cells.NotThat):
        CODE(420504000000000000)


def test_words_that_are_too_long_are_refused_with_their_length() -> None:
    assert WORDS("一" * 20) == "一" * 20
    with pytest.raises(cells.NotThat, match="20"):
        WORDS("一" * 21)


@pytest.mark.parametrize(
    ("cell", "said"), [("是", True), (True, True), ("√", True), ("同意", True), ("否", False), (0, False)]
)
def test_yes_and_no_are_said_in_many_ways(cell: Any, said: bool) -> None:
    assert cells.yes(cell) is said


def test_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(cells.NotThat):
        cells.yes("再说")
