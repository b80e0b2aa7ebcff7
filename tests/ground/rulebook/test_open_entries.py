"""What is written as to be filled in is found, told in words, and filled in without touching anything else."""

import pytest

from lianxin.ground.rulebook.loading import folders, load
from lianxin.ground.rulebook.open_entries import fill_in, open_entries
from lianxin.ground.rulebook.reading import parse
from tests.ground.rulebook.builders import make_preset, make_texts

STATIONS = """\
# 接待  由办公室填写 的都列在这里
kinds:
  point: {name: 联系点, form: point, level: village, article: 接待办法 由办公室填写, fittings: [{key: a, name: 由办公室填写}]}  # 牌子
receptions:
  monthly:
    name: 连心日
    at: [point]
    days: 每月15日
    hours: 由办公室填写   # 上午
    deputies: to be filled in by the office
    notice: "由办公室填写"
    article: 接待办法第3条
"""
KNOWN = {
    "kinds.point.article": "第五条",
    "kinds.point.fittings[1].name": "牌子: 统一, 大小“一样”",
    "receptions.monthly.hours": "9:00-11:00、14:00-17:00",
    "receptions.monthly.deputies": "2",
    "receptions.monthly.notice": "3个工作日",
}


def entries():
    return {entry.key: entry for entry in open_entries(make_texts(stations=STATIONS)) if "stations" in entry.file}


def test_entries_are_told_with_their_line_what_they_are_called_and_what_is_expected():
    found = entries()

    assert list(found) == list(KNOWN)
    hours, article = found["receptions.monthly.hours"], found["kinds.point.article"]
    assert (hours.written.line, hours.label, hours.around) == (9, "几点", ["连心日"])
    assert "9:00-11:00" in hours.expected
    assert (article.label, article.expected) == ("《接待办法》的条号", "条号，如 第51条、第五十一条第二款")


def test_what_is_filled_in_holds_and_nothing_else_changes():
    found = entries()
    filled = fill_in(STATIONS, [(found[key], value) for key, value in KNOWN.items()])

    before, after = STATIONS.splitlines(), filled.splitlines()
    assert [line for line in before if "由办公室填写" not in line and "filled in" not in line] == [
        line for line, old in zip(after, before, strict=True) if "由办公室填写" not in old and "filled in" not in old
    ]
    assert after[0] == before[0]
    assert after[2].endswith("# 牌子")
    assert after[8] == "    hours: [9:00-11:00, 14:00-17:00]   # 上午"
    assert not [entry for entry in open_entries(make_texts(stations=filled)) if "stations" in entry.file]
    make_preset(stations=filled)
    data = parse("", filled)[0].data
    assert data["kinds"]["point"]["fittings"][0]["name"] == KNOWN["kinds.point.fittings[1].name"]
    assert data["receptions"]["monthly"]["deputies"] == 2


@pytest.mark.parametrize(
    "value", ["true", "12", "# 甲", "甲: 乙", "[甲", "- 甲", '"', "\\", "null", "甲 # 乙", "&甲", "*", "甲,乙"]
)
def test_words_stay_words_whatever_letters_they_have(value):
    entry = entries()["kinds.point.fittings[1].name"]
    data = parse("", fill_in(STATIONS, [(entry, value)]))[0].data
    assert data["kinds"]["point"]["fittings"][0]["name"] == value


@pytest.mark.parametrize("name", sorted(folders()))
def test_of_every_preset_everything_open_is_found_and_told_in_words(name):
    preset = load(name)
    found = list(open_entries(preset.texts))

    own = {(spot.file, spot.line) for spot in preset.to_be_filled if spot.file.startswith(f"{name}/")}
    assert {(entry.file, entry.written.line) for entry in found} == own
    assert [entry.key for entry in found if entry.label.isascii() or "别的内容" in entry.expected] == []
