"""`lianxin import roster` and `lianxin export roster`."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from lianxin.ground.people.models import Body, Person
from tests.ground.people.builders import make_mandate
from tests.ground.people.workbooks import deputy, make_home, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def congress() -> Body:
    return make_home()


def run(*words: object) -> tuple[str, str]:
    """What a command says on both channels."""
    out, err = StringIO(), StringIO()
    command, *rest = words
    call_command(str(command), *(str(word) for word in rest), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_roster_is_imported_and_told_line_by_line(congress: Body, tmp_path: Path) -> None:
    said, _err = run("import_roster", workbook(tmp_path, [deputy(代表小组="石桥小组")]))
    for word in (
        "已经导入",
        "新增代表资格 1",
        "新增代表：罗青禾（云江区人民代表大会第7届；证号001；石桥小组）",
        "新增小组：石桥小组",
    ):
        assert word in said
    assert Person.objects.count() == 1
    assert "什么也不用改。共1位代表" in run("import_roster", tmp_path / "a.xlsx")[0]


def test_a_dry_run_tells_the_same_and_changes_nothing(congress: Body, tmp_path: Path) -> None:
    said, _err = run("import_roster", workbook(tmp_path), "--dry-run")
    assert "只看不改：会有这些变化" in said
    assert not Person.objects.exists()


def test_mistakes_are_told_one_by_one_and_the_command_fails(congress: Body, tmp_path: Path) -> None:
    err = StringIO()
    with pytest.raises(CommandError, match="有2处要改，什么也没有导入"):
        call_command("import_roster", str(workbook(tmp_path, [deputy(性别="男性", 手机=138)])), stderr=err)
    assert "工作表“代表名册”F2（性别）：填的是“男性”，应当是这几个词之一：女、男。是不是“男”？" in err.getvalue()
    assert not Person.objects.exists()


def test_of_many_mistakes_the_first_fifty_are_told(congress: Body, tmp_path: Path) -> None:
    err = StringIO()
    rows = [deputy(代表证号=f"{number:03}", 手机=138) for number in range(60)]
    with pytest.raises(CommandError, match="有60处要改"):
        call_command("import_roster", str(workbook(tmp_path, rows)), stderr=err)
    assert len(err.getvalue().splitlines()) == 51
    assert "还有10处" in err.getvalue()


def test_what_was_left_aside_is_told(congress: Body, tmp_path: Path) -> None:
    said, _err = run("import_roster", workbook(tmp_path, [deputy(备注="组长")]))
    assert "“备注”不是名册的列，没有读" in said


@pytest.mark.parametrize(("name", "content", "told"), [("a.xlsx", b"", "空的"), ("a.txt", b"x", "纯文本")])
def test_a_file_that_is_no_roster_is_refused_in_words(
    congress: Body, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match=told):
        run("import_roster", tmp_path / name)


def test_a_file_that_is_not_there_is_told(congress: Body, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有找到文件"):
        run("import_roster", tmp_path / "b.xlsx")


def test_the_roster_is_exported_and_the_template_is_empty(congress: Body, tmp_path: Path) -> None:
    make_mandate(congress)
    for options, rows in (((), 2), (("--template",), 1)):
        said, _err = run("export_roster", tmp_path / "out.xlsx", *options)
        assert "已经写好" in said
        assert load_workbook(tmp_path / "out.xlsx")["代表名册"].max_row == rows


def test_where_nothing_can_be_written_the_reason_is_told(congress: Body, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="无法建立或找不到"):
        run("export_roster", tmp_path / "nowhere" / "out.xlsx")
