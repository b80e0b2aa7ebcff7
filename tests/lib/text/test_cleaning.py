import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.lib.text import clean, first_sentence, is_empty

ZWNJ, ZWJ = "\u200c", "\u200d"
ODD = st.sampled_from(
    f"路a \u3000\n\r\t\x00\x0b\x85\u2028{ZWNJ}{ZWJ}\u200b\u202e\ufeff\ufe0f👩🚀❤\U0001f3f4ئᠮ\u0915\u094d\u0301\ud800"
)


@pytest.mark.parametrize(
    ("pasted", "cleaned"),
    [
        ("路灯\r\n坏了\r三天\x0b了\u2028啊", "路灯\n坏了\n三天\n了\n啊"),
        ("路\x00灯\x07坏\x1b了\x7f", "路灯坏了"),
        ("路\u200b灯\ufeff坏\u2060了\u00ad", "路灯坏了"),
        ("\u202e了坏灯路\u202c\u200e\u200f\u2066\u2069\u061c", "了坏灯路"),
        ("e\u0301te\u0301", "été"),
        ("一\n\n二\n\n\n三\n \n\t\n　\n\n四", "一\n\n二\n\n\n三\n\n\n四"),
        ("　 \n路灯  \n坏了\n\n　", "路灯\n坏了"),
        ("一\n\n\n\n二", "一\n\n\n二"),
        ("一\t二", "一\t二"),
        ("👩\u200d👩\u200d👧 👩🏽\u200d🚀 ❤️\u200d🔥", "👩\u200d👩\u200d👧 👩🏽\u200d🚀 ❤️\u200d🔥"),
        ("路\u200d灯 a\u200cb 👩\u200d灯", "路灯 ab 👩灯"),
        ("👩\u200d", "👩"),
        ("ئۇيغۇر", "ئۇيغۇر"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("ᠮᠣᠩᠭᠣᠯ\u180e\u1820 \u180b", "ᠮᠣᠩᠭᠣᠯ\u180e\u1820 \u180b"),
        ("ᠮ\u200d", "ᠮ\u200d"),
        ("བོད་ཡིག", "བོད་ཡིག"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e007f"),
        ("路\U000e0041\U000e0042灯", "路灯"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("\ud83d路", "路"),
        ("", ""),
    ],
)
def test_what_is_pasted_is_cleaned(pasted, cleaned):
    assert clean(pasted) == cleaned


@given(st.text(ODD | st.characters(), max_size=40))
def test_cleaning_twice_is_cleaning_once(text):
    once = clean(text)
    assert clean(once) == once
    assert once.encode().decode() == once
    assert once == once.strip()
    assert "\n\n\n\n" not in once
    assert not any(unicodedata.category(character) == "Cc" and character not in "\n\t" for character in once)


@given(st.text(st.characters(categories=["Lo", "Nd", "Po"]), max_size=40))
def test_letters_digits_and_stops_stay(text):
    blank = "\u3164\u115f\u1160\uffa0"
    expected = unicodedata.normalize("NFC", "".join(character for character in text if character not in blank))
    assert clean(text) == expected.strip()


@pytest.mark.parametrize(
    "text", ["", " ", "　\n\t", "\u200b\u200d\ufeff", "\u2800\u3164", "\u0301\ufe0f", "\x00\r\n", "\u00a0\u2003"]
)
def test_what_nobody_sees_is_empty(text):
    assert is_empty(text)


@pytest.mark.parametrize("text", ["。", "0", "😀", "ئ", "ᠮ", " 路 ", "\ue000"])
def test_what_is_seen_is_not_empty(text):
    assert not is_empty(text)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("路灯坏了，三天没人修。", "路灯坏了"),
        ("路灯坏了", "路灯坏了"),
        ("尊敬的领导：\n　　您好！\n小学门口的路灯坏了。请修。", "小学门口的路灯坏了"),
        ("尊敬的张书记，您好，我家门前的路烂了", "我家门前的路烂了"),
        ("代表同志：路烂了", "路烂了"),
        ("各位领导好：路烂了", "路烂了"),
        ("领导您好，路烂了", "路烂了"),
        ("你好 路烂了", "路烂了"),
        ("请问，水费怎么交？", "水费怎么交"),
        ("您好，", "您好"),
        ("尊敬的领导：", "尊敬的领导："),
        ("代表来了又走，路还是烂的", "代表来了又走"),
        ("村主任不管，路烂了", "村主任不管"),
        ("水费涨到1,200元", "水费涨到1,200元"),
        ("！！！路烂了", "路烂了"),
        ("\n\n路烂了\n真的", "路烂了"),
        ("路" * 31, "路" * 29 + "…"),
        ("路" * 30, "路" * 30),
        ("", ""),
        (" \u200b", ""),
        ("。。。", ""),
    ],
)
def test_the_first_clause_makes_a_title(text, title):
    assert first_sentence(text) == title


@given(st.text(ODD | st.characters(), max_size=80), st.integers(2, 40))
def test_a_title_is_one_line_and_never_too_long(text, most):
    title = first_sentence(text, most)
    assert len(title) <= most
    assert "\n" not in title


def test_a_title_is_not_cut_inside_an_emoji():
    assert first_sentence("路路👩\u200d👩\u200d👧好", 5) == "路路…"


@pytest.mark.parametrize("unit", [" ", "\n", "您好，", "\u200d", "尊敬的", "领导", "，", "👩\u200d", "\U0001f3f4"])
def test_long_repetitions_are_cleaned_in_good_time(unit):
    long = unit * (100_000 // len(unit))
    assert len(clean(long)) <= 100_000
    assert len(first_sentence(long)) <= 30
