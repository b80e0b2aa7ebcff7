import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.lib.text import Part, PartKind, difference

MARKS = {PartKind.SAME: "{}", PartKind.REMOVED: "[-{}-]", PartKind.ADDED: "[+{}+]"}
TEXTS = st.text(st.sampled_from("路灯坏了小学张王三四，。\n 12ab👩\u200d🚀é\u0301"), max_size=40)


def shown(before: str, after: str) -> str:
    return "".join(MARKS[part.kind].format(part.text) for part in difference(before, after))


def joined(parts: list[Part], kind: PartKind) -> str:
    return "".join(part.text for part in parts if part.kind in (PartKind.SAME, kind))


@pytest.mark.parametrize(
    ("before", "after", "read"),
    [
        ("路灯坏了", "路灯坏了", "路灯坏了"),
        ("", "路灯", "[+路灯+]"),
        ("路灯", "", "[-路灯-]"),
        ("", "", ""),
        ("电话13800138000，请回", "电话（已隐去），请回", "电话[-13800138000-][+（已隐去）+]，请回"),
        ("电话13800138000", "电话13800138001", "电话[-13800138000-][+13800138001+]"),
        ("我叫张三，住三组。", "我叫▇▇▇，住三组。", "我叫[-张三-][+▇▇▇+]，住三组。"),
        ("我叫王建国住村里", "我叫李爱国住村里", "我叫[-王建-][+李爱+]国住村里"),
        ("张三，李四来了", "王五，赵六来了", "[-张三，李四-][+王五，赵六+]来了"),
        ("old WiFi here", "old LAN here", "old [-WiFi-][+LAN+] here"),
        ("他👩\u200d🚀好", "他👩好", "他[-👩\u200d🚀-][+👩+]好"),
        ("甲的一\n乙的二", "丙的一\n丁的二", "[-甲-][+丙+]的一\n[-乙-][+丁+]的二"),
        ("甲\n乙", "丙\n丁", "[-甲-][+丙+]\n[-乙-][+丁+]"),
        ("一。二。三。四。", "一。三。四。", "一。[-二。-]三。四。"),
    ],
)
def test_a_change_reads_well(before, after, read):
    assert shown(before, after) == read


@given(TEXTS | st.text(), TEXTS | st.text())
def test_the_parts_make_both_texts_to_the_letter(before, after):
    parts = difference(before, after)
    assert joined(parts, PartKind.REMOVED) == before
    assert joined(parts, PartKind.ADDED) == after
    assert all(part.text for part in parts)
    assert all(one.kind != other.kind for one, other in zip(parts, parts[1:], strict=False))


@given(TEXTS, st.data())
def test_what_was_not_touched_before_and_behind_stays(text, data):
    place = data.draw(st.integers(0, len(text)))
    parts = difference(text, text[:place] + "隐去" + text[place:])
    assert sum(len(part.text) for part in parts if part.kind == PartKind.REMOVED) <= 6
    assert "隐去" in "".join(part.text for part in parts if part.kind == PartKind.ADDED)


def test_two_redactions_far_apart_are_shown_apart_in_a_long_text():
    middle = "".join(random.Random(1).choices("路灯坏了小学门口水电，。", k=10_000))
    before, after = f"我叫张三，{middle}，电话13800138000。", f"我叫▇▇▇，{middle}，电话▇▇▇。"
    changed = [part.text for part in difference(before, after) if part.kind != PartKind.SAME]
    assert changed == ["张三", "▇▇▇", "13800138000", "▇▇▇"]


def test_two_redactions_in_a_usual_text_are_shown_apart():
    middle = "".join(f"第{number}天路灯没有亮，" for number in range(200))
    before, after = f"我叫张三，{middle}电话13800138000。", f"我叫▇▇▇，{middle}电话▇▇▇。"
    changed = [part.text for part in difference(before, after) if part.kind != PartKind.SAME]
    assert changed == ["张三", "▇▇▇", "13800138000", "▇▇▇"]


@pytest.mark.parametrize(
    ("one", "other"), [("路", "灯"), ("路灯", "灯路路"), ("，", "。"), ("a ", "b "), ("路，", "灯，路，")]
)
def test_long_texts_that_share_little_are_a_block(one, other):
    before, after = one * 50_000, other * 50_000
    parts = difference(before, after)
    assert joined(parts, PartKind.REMOVED) == before
    assert joined(parts, PartKind.ADDED) == after


def test_too_large_a_change_is_shown_as_one_block():
    before = "".join(chr(0x4E00 + place) for place in range(4_000))
    after = "".join(character if place % 4 > 1 else "新" for place, character in enumerate(before))
    assert difference(before, after) == [
        Part(PartKind.REMOVED, before[:-2]),
        Part(PartKind.ADDED, after[:-2]),
        Part(PartKind.SAME, before[-2:]),
    ]
    assert len(difference(before[:2_000], after[:2_000])) > 1_000
