"""Rosters of a city and of a province: how much memory they take, how many queries (how long: see the bench)."""

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.workbooks import Change, write
from lianxin.ground.people.models import Body, Mandate, Person
from lianxin.ground.people.roster.sheets import read
from lianxin.ground.people.roster.taking import look
from tests.ground.people.workbooks import COUNTY, make_home, taken
from tests.ground.vault.whole import Whole

MEASURED = """
import resource
from pathlib import Path
from lianxin.ground.people.roster.sheets import read
from lianxin.ground.people.roster.taking import look
from tests.ground.people.workbooks import make_home
make_home()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
plan = look(read(Path({file!r})))
print(json.dumps({{
    "megabytes": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024,
    "problems": [[problem.cell, problem.found] for problem in plan.problems],
    "deputies": len(plan.mandates),
}}))
"""


def roster(folder: Path, count: int, change: Change = lambda number, row: None) -> Path:
    """A workbook of so many deputies."""
    return write(folder / f"{count}.xlsx", COUNTY, count, change)


def queries(do: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        do()
    return len(captured)


@pytest.fixture
def congress(db: None) -> Body:
    return make_home()


def test_looking_at_a_roster_costs_the_same_queries_however_long_it_is(congress: Body, tmp_path: Path) -> None:
    short, long = (read(roster(tmp_path, count)) for count in (3, 300))
    assert queries(lambda: look(short)) == queries(lambda: look(long)) < 20
    taken(tmp_path / "300.xlsx")
    assert queries(lambda: look(short)) == queries(lambda: look(long)) < 20


def test_taking_a_roster_over_costs_far_fewer_statements_than_rows(congress: Body, tmp_path: Path) -> None:
    new = roster(tmp_path, 400)
    assert queries(lambda: taken(new)) < 80
    changed = roster(tmp_path, 400, lambda number, row: row.update(职务="社长", 代表小组="并成一组"))
    assert queries(lambda: taken(changed)) < 80
    ended = roster(tmp_path, 400, lambda number, row: row.update(终止日期="2025-12-01", 终止原因="任期届满"))
    assert queries(lambda: taken(ended)) < 80
    assert Mandate.objects.filter(ending="term_over").count() == 400


@pytest.mark.either
@pytest.mark.load
def test_nine_thousand_people_come_in_and_the_same_file_changes_nothing(congress: Body, tmp_path: Path) -> None:
    file = roster(tmp_path, 9_000)
    plan = taken(file)
    assert (len(plan.mandates), Person.objects.count()) == (9_000, 9_000)
    assert taken(file).is_empty


@pytest.mark.load
def test_one_bad_cell_among_a_hundred_thousand_rows_is_found_in_little_memory(whole: Whole, tmp_path: Path) -> None:
    file = roster(tmp_path, 100_000, lambda number, row: row.update(就任日期="去年冬天") if number == 60_000 else None)
    found = measured(whole, file)
    assert found["problems"] == [["O60002", "去年冬天"]]
    assert found["megabytes"] < 300  # above what the process itself takes


@pytest.mark.load
def test_a_million_rows_with_formats_alone_cost_next_to_nothing(whole: Whole, tmp_path: Path) -> None:
    good, file = roster(tmp_path, 1), tmp_path / "formatted.xlsx"
    with zipfile.ZipFile(good) as parts, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as formatted:
        for part in parts.namelist():
            with formatted.open(part, "w", force_zip64=True) as out:
                for chunk in padded(parts.read(part)):
                    out.write(chunk)
    found = measured(whole, file)
    assert (found["problems"], found["deputies"]) == ([], 1)
    assert found["megabytes"] < 50


def measured(whole: Whole, file: Path) -> dict[str, Any]:
    """What a process of its own found in a roster, and what it took."""
    with whole.start_python(MEASURED.format(file=str(file))) as process:
        said, _nothing = process.communicate(timeout=600)
    assert process.returncode == 0, said
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def padded(xml: bytes) -> Iterator[bytes]:
    """The XML of a sheet with rows down to the last that a sheet can have; other parts as they are."""
    before, tag, after = xml.partition(b"</sheetData>")
    yield before
    for start in range(3, 1_048_577, 10_000) if tag else ():
        numbers = range(start, min(start + 10_000, 1_048_577))
        cells = "".join(f'<c r="{column}%d" s="1"/>' for column in "ABCDEFGHIJ")
        rows = (f'<row r="{n}" s="1" customFormat="1">{cells.replace("%d", str(n))}</row>' for n in numbers)
        yield "".join(rows).encode()
    yield tag + after
