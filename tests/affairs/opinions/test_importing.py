"""Tables that offices kept elsewhere: taken whole, once, and each bad row told with its line."""

from pathlib import Path

import duckdb
import openpyxl
import pytest
from django.core.management import CommandError, call_command

from lianxin.affairs.opinions.importing import TableRefused, read
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases.models import Case, Echo, Reply
from lianxin.ground.core.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.sql]
HEAD = "编号,时间,内容,点赞数"
LINES = ("7,2026-02-03 11:25:05,村口路灯坏了,3", "8,2026/2/4,自来水断断续续,0")


def write(folder, *lines, name="留言.csv", encoding="utf-8-sig"):
    file = Path(folder) / name
    file.write_bytes("\r\n".join(lines).encode(encoding))
    return file


def run(office, file, **options):
    call_command("import_opinions", file, place=office.county.code, **options)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_table_is_taken_over(office, tmp_path, encoding):
    run(office, write(tmp_path, HEAD, *LINES, encoding=encoding))
    told = Opinion.objects.order_by("case__number").values_list("title", "said_on", "case__voices", "channel")
    assert [(t, str(d), v, c) for t, d, v, c in told] == [
        ("村口路灯坏了", "2026-02-03", 4, "imported"),
        ("自来水断断续续", "2026-02-04", 1, "imported"),
    ]
    assert Event.objects.get(kind="opinions.echoed").facts == {"count": 3}
    assert Echo.objects.count() == 3


def test_a_table_put_together_from_several_encodings_is_read_line_by_line(office, tmp_path):
    file = tmp_path / "留言.csv"
    lines = [(HEAD, "utf-8-sig"), (LINES[0], "gb18030"), (LINES[1], "utf-8"), ("9,2026-02-05,𠮷水桥断了,0", "gb18030")]
    file.write_bytes(b"\r\n".join(line.encode(encoding) for line, encoding in lines))
    assert [row.cells["words"] for row in read(file).rows] == ["村口路灯坏了", "自来水断断续续", "𠮷水桥断了"]


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe" + "编号,时间".encode("utf-16-le"), b"\xff" * 40, "时间,内容\n".encode() + b"\x81"]
)
def test_a_table_in_no_encoding_of_ours_is_refused_in_words(office, tmp_path, raw):
    (tmp_path / "留言.csv").write_bytes(raw)
    with pytest.raises(TableRefused, match=r"看不出这个文件用的什么编码.*另存为\.xlsx"):
        list(read(tmp_path / "留言.csv").rows)


def test_imported_twice_it_is_there_once(office, tmp_path, capsys):
    file = write(tmp_path, HEAD, *LINES)
    run(office, file)
    run(office, file)
    assert Opinion.objects.count() == 2
    assert "以前导入过2条" in capsys.readouterr().out


def test_a_bad_row_is_told_and_the_others_are_taken(office, tmp_path, capsys):
    run(office, write(tmp_path, HEAD, "1,昨天,路灯坏了,0", "2,2026-02-03,   ,0", "3,2026-02-03,桥断了,很多", *LINES))
    assert Opinion.objects.count() == 2
    told = capsys.readouterr().err
    assert all(part in told for part in ("第2行", "看不懂日期“昨天”", "第3行", "第4行", "看不懂点赞数“很多”"))


def test_what_has_no_columns_is_refused(office, tmp_path):
    with pytest.raises(TableRefused, match="缺了：内容、时间"):
        list(read(write(tmp_path, "甲,乙", "1,2")).rows)


def test_excel_and_parquet_are_read_alike(office, tmp_path):
    book = openpyxl.Workbook()
    for line in (HEAD, *LINES):
        book.active.append(line.split(","))
    book.save(tmp_path / "表.xlsx")
    source = write(tmp_path, HEAD, *LINES, encoding="utf-8")
    duckdb.sql(f"COPY (SELECT * FROM read_csv('{source}', all_varchar=true)) TO '{tmp_path}/表.parquet'")
    cells = [[row.cells["words"] for row in read(tmp_path / name).rows] for name in ("表.xlsx", "表.parquet")]
    assert cells == [["村口路灯坏了", "自来水断断续续"]] * 2


def test_a_text_file_named_xlsx_is_refused(office, tmp_path):
    with pytest.raises(Exception, match="Excel"):
        list(read(write(tmp_path, "不是表", name="表.xlsx")).rows)


def test_replies_come_in_as_answers_of_the_office(office, tmp_path):
    file = write(tmp_path, "时间,内容,答复", "2026-02-03,路灯坏了,已经修好")
    run(office, file, username=office.clerk.username, outcome="solved")
    assert Reply.objects.get().text == "已经修好"
    assert Case.objects.get().outcome_by == "office"


def test_a_class_nobody_knows_is_refused(office, tmp_path):
    with pytest.raises(CommandError, match="没有“done”这类答复"):
        run(office, write(tmp_path, HEAD), outcome="done")
