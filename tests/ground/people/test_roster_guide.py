"""docs/roster.md tells clerks how to fill the roster as it is."""

import re

import pytest

from lianxin.ground.people.roster import cells
from lianxin.ground.people.roster.columns import DEPUTIES, DISTRICTS, SHEETS, Column
from lianxin.ground.people.roster.problems import LISTED
from lianxin.ground.people.roster.unpacking import LIMITS
from tests.contracts.sources import ROOT

GUIDE = (ROOT / "docs" / "roster.md").read_text()
EXAMPLES = {
    "term": (["7", "第七届", "7届"], 7),
    "name": (["张 三"], "张三"),
    "starts_on": (["2021-12-03", "2021.12.3", "2021年12月3日"], cells.day("2021-12-03")),
}


def rows(sheet: str) -> str:
    """The first cells of the guide's table about a sheet."""
    part = GUIDE.split(f"## “{sheet}”表", 1)[1].split("\n## ", 1)[0]
    return "\n".join(line.split("|")[1] for line in part.splitlines() if line.startswith("|"))


def column(key: str) -> Column:
    return next(column for column in SHEETS[DEPUTIES] if column.key == key)


@pytest.mark.parametrize("sheet", [DEPUTIES, DISTRICTS])
def test_every_column_is_told_and_which_must_be_filled(sheet: str) -> None:
    told = {word: bool(star) for word, star in re.findall(r"([^、\s\\*]+)( \\\*)?", rows(sheet))}
    assert {it.header: it.is_needed for it in SHEETS[sheet]}.items() <= told.items()


@pytest.mark.parametrize("key", ["sex", "is_phone_public", "beginning"])
def test_the_words_of_a_column_are_all_told(key: str) -> None:
    assert [word for word in column(key).words if f"`{word}`" not in GUIDE] == []


@pytest.mark.parametrize("key", EXAMPLES)
def test_what_the_guide_says_can_be_written_is_read(key: str) -> None:
    written, meant = EXAMPLES[key]
    assert [said for said in written if f"`{said}`" not in GUIDE] == []
    assert {column(key).read(said) for said in written} == {meant}


def test_what_the_guide_says_not_to_write_is_refused() -> None:
    with pytest.raises(cells.NotThat):
        column("name").read("张三（女）")


def test_its_figures_are_those_of_the_code() -> None:
    assert (LISTED, LIMITS.sent // 1024**2) == (100, 30)
    assert "每一列最多列一百处" in GUIDE
    assert "不超过30兆" in GUIDE
