"""The roster in a real office program: what we hand out, it opens; what it saves, we read."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lianxin.ground.people.models import Body, Mandate, Region
from lianxin.ground.people.roster.problems import RosterUnreadable
from lianxin.ground.people.roster.sheets import read
from lianxin.ground.people.roster.writing import write
from tests.ground.people.builders import make_district, make_mandate, make_person
from tests.ground.people.workbooks import make_home, taken

pytestmark = [pytest.mark.django_db, pytest.mark.documents]


@pytest.fixture
def congress() -> Body:
    congress = make_home()
    district = make_district(congress, *Region.objects.filter(parent__name="石桥镇"))
    make_mandate(congress, make_person(phone="13800000001", sex="f"), district=district, card_number="001")
    make_mandate(congress, make_person("𠮷野·向晚"), card_number="002", ends_on=date(2023, 5, 1), ending="resigned")
    return congress


def written(folder: Path, with_rows: bool = True) -> Path:
    file = folder / "名册.xlsx"
    with file.open("wb") as out:
        write(out, with_rows=with_rows)
    return file


def saved_as(kind: str, file: Path) -> Path:
    """The workbook, opened and saved by LibreOffice."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: run ./bin/test --all, which names the command that installs it."
    folder = file.parent / "saved"
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    done = subprocess.run(
        [*command, "--convert-to", kind, "--outdir", folder, file], capture_output=True, text=True, timeout=180
    )
    (result,) = folder.glob(f"*.{kind}")
    assert done.returncode == 0, done.stderr
    return result


def test_what_it_saves_comes_back_without_a_change(congress: Body, tmp_path: Path) -> None:
    plan = taken(saved_as("xlsx", written(tmp_path)))
    assert (plan.is_empty, plan.unchanged) == (True, 2), plan.counts()


def test_a_template_that_was_filled_in_comes_in(congress: Body, tmp_path: Path) -> None:
    file = written(tmp_path, with_rows=False)
    book = load_workbook(file)
    facts = {
        "所属人大 *": congress.name,
        "届次 *": "7",
        "代表证号 *": "003",
        "姓名 *": "谭 秋实",
        "就任日期 *": date(2021, 12, 3),
    }
    for cell in book["代表名册"][1]:
        if cell.value in facts:
            book["代表名册"].cell(2, cell.column, facts[cell.value])
    book.save(file)
    taken(saved_as("xlsx", file))
    mandate = Mandate.objects.get(card_number="003")
    assert (mandate.person.name, mandate.starts_on) == ("谭秋实", date(2021, 12, 3))


@pytest.mark.parametrize(("kind", "told"), [("xls", "旧格式"), ("ods", "压缩包"), ("csv", "纯文本")])
def test_what_it_saves_in_another_format_is_refused_by_name(
    congress: Body, tmp_path: Path, kind: str, told: str
) -> None:
    renamed = saved_as(kind, written(tmp_path)).rename(tmp_path / "saved.xlsx")
    with pytest.raises(RosterUnreadable, match=told):
        read(renamed)
