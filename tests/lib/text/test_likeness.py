import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianxin.lib.text import LIKELY, Likeness, likeness, most_alike, normalised

WORDS = st.text(st.sampled_from("路灯坏了小学门口的我a1b，。 希望\n"), max_size=40)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("小学门口的路灯坏了，希望解决", "请问路灯什么时候修？孩子在小学上学", ("小学", "路灯")),
        ("路灯坏了，小学门口很黑", "小学旁边路灯不亮", ("路灯", "小学")),
        ("幸福小区自来水停水三天", "自来水停水，幸福小区没人管", ("幸福小区", "自来水停水")),
        ("ＷＩＦＩ不通", "wifi不通了", ("不通",)),
        ("甲乙丙丁戊己庚辛壬癸子丑寅卯", "甲乙丙丁戊己庚辛壬癸子丑寅卯", ("甲乙丙丁戊己庚辛壬癸子丑", "寅卯")),
        ("小学门口，小学", "小学，小学门口", ("小学门口",)),
        ("路灯。小学。医院。桥梁", "桥梁，医院，小学，路灯", ("路灯", "小学", "医院")),
    ],
)
def test_the_shared_words_are_told_in_reading_order(one, other, shared):
    assert likeness(one, other).shared == shared


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("路灯坏了", "噪音扰民"),
        ("希望政府尽快解决我们的问题", "我们希望政府尽快解决问题"),
        ("尊敬的领导您好", "尊敬的领导您好"),
        ("", ""),
        ("😀！", "😀！"),
        ("12345", "12345"),
    ],
)
def test_words_of_address_and_asking_are_no_likeness(one, other):
    assert likeness(one, other) == Likeness(0.0, ())


def test_the_same_matter_is_above_the_mark_and_another_below():
    lamp = "幸福路小学门口的路灯坏了半个月，孩子放学看不见路，很危险。"
    again = "小学门口那几盏路灯都不亮，晚上放学太危险，请尽快维修。"
    water = "三组停水三天，自来水公司说管道爆裂，什么时候能修好？"
    assert likeness(lamp, again).share >= LIKELY
    assert likeness(lamp, water).share < LIKELY
    assert likeness(lamp, lamp).share == 1.0


@given(WORDS, WORDS)
def test_a_likeness_is_the_same_both_ways_and_within_bounds(one, other):
    there, back = likeness(one, other), likeness(other, one)
    assert there.share == back.share
    assert 0.0 <= there.share <= 1.0
    assert len(there.shared) <= 3


@given(WORDS, WORDS)
def test_shared_words_stand_in_both_and_not_in_each_other(one, other):
    shared = likeness(one, other).shared
    assert all(len(word) >= 2 and word in normalised(one) and word in normalised(other) for word in shared)
    assert not [word for word in shared for longer in shared if word != longer and word in longer]
    first = [normalised(one).index(word) for word in shared]
    assert len(set(first)) == len(first)


@given(st.text("天地人", max_size=14), st.text("天地人", max_size=14))
def test_the_longest_common_word_is_among_them(one, other):
    common = [one[i:j] for i in range(len(one)) for j in range(i + 2, len(one) + 1) if one[i:j] in other]
    longest = min(max(map(len, common), default=0), 12)
    assert max(map(len, likeness(one, other).shared), default=0) == longest


@pytest.mark.parametrize("unit", ["路", "路灯", "我", "a", "1", "，", "路我"])
def test_long_texts_are_compared_in_good_time(unit):
    long = unit * (100_000 // len(unit))
    assert likeness(long, long).share in (0.0, 1.0)
    assert len(likeness(long, long + "小学").shared) <= 3


@given(WORDS, st.lists(WORDS, max_size=8), st.integers(1, 4))
def test_the_most_alike_are_those_that_one_by_one_are(text, others, most):
    each = sorted(((likeness(text, other), place) for place, other in enumerate(others)), key=lambda one: -one[0].share)
    expected = [one for one in each if one[0].share >= LIKELY][:most]
    assert most_alike(text, enumerate(others), most=most) == expected
