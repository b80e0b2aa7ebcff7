import subprocess
import sys
from pathlib import Path

import pytest

from lianxin.lib.text.__main__ import main

ROOT = Path(__file__).parents[3]


@pytest.fixture
def file(tmp_path):
    def written(text: str | bytes) -> str:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.txt"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return str(path)

    return written


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    told = capsys.readouterr()
    return code, told.out.strip(), told.err.strip()


def test_it_answers_as_a_module_without_django(file):
    program = (
        f"import sys, runpy; sys.argv = ['text', 'private', {file('我叫张三，路灯坏了')!r}]\n"
        "try:\n    runpy.run_module('lianxin.lib.text', run_name='__main__')\n"
        "except SystemExit as end:\n    assert end.code == 0\n"
        "assert not any(name.split('.')[0] == 'django' for name in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines() == ["第1行 姓名：张三", "共1处。"]


def test_private_data_is_listed_with_its_line(capsys, file):
    text = "\ufeff路灯坏了\r\n我叫张三，电话138 0013 8000，邮箱a@b.cn，车鄂E12345，住3栋501，微信号zhang_san88\r\n110105491231002"
    assert run(capsys, "private", file(text)) == (
        0,
        "第2行 姓名：张三\n第2行 电话号码：138 0013 8000\n第2行 电子邮箱：a@b.cn\n第2行 车牌号：鄂E12345\n第2行 门牌：3栋501\n"
        "第2行 微信号：zhang_san88\n第3行 身份证号：110105491231002\n共7处。",
        "",
    )


def test_private_data_is_masked(capsys, file):
    assert run(capsys, "private", "--mask", file("我叫张三，卡号6222021001123455"))[1].startswith("我叫▇▇▇，卡号")


def test_a_likeness_is_told_with_its_reason(capsys, file):
    one, other = file("小学门口的路灯坏了"), file("小学门口路灯不亮")
    assert run(capsys, "likeness", one, other)[1] == "相似68%，可能说的是同一件事。都说：小学门口、路灯。"
    assert run(capsys, "likeness", one, file("噪音"))[1] == "相似0%，看不出说的是同一件事。"


def test_a_difference_is_shown_with_marks(capsys, file):
    assert run(capsys, "difference", file("我叫张三。"), file("我叫▇▇▇。"))[1] == "我叫[-张三-]{+▇▇▇+}。"


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "读不了/nowhere.txt"), ("路灯坏了".encode("gb18030"), "不是 UTF-8")]
)
def test_a_file_that_cannot_be_read_is_named(capsys, file, content, reason):
    code, told, complaint = run(capsys, "private", "/nowhere.txt" if content is None else file(content))
    assert (code, told) == (1, "")
    assert reason in complaint
