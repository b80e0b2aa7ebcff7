"""The chapter of docs/presets.md on regulations tells the truth: its example loads, and comes to what it says by hand."""

import re
from datetime import date
from fractions import Fraction

import pytest
from django.conf import settings

from lianxin.account.duty.files import read_text
from lianxin.account.duty.plain.registers import id_of
from tests.account.duty.builders import points, work

pytestmark = pytest.mark.usefixtures("in_memory")

PAGE = (settings.ROOT / "docs" / "presets.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"regulation-points\.yaml`\n\n```yaml\n(.*?)```", PAGE, flags=re.DOTALL)[1]
REGISTER = """\
事件,代表,事项,日期,数量
1,李芳,走访选民,2026-01-05,
2,李芳,走访选民,2026-04-08,
3,李芳,走访选民,2026-04-08,
4,李芳,走访选民,2026-04-09,
5,李芳,走访选民,2026-07-02,
6,李芳,走访选民,2026-07-03,
7,李芳,会议应到,2026-01-20,10
8,李芳,出席会议,2026-01-20,8
9,李芳,提出建议,2026-02-01,
"""


def test_the_worked_example_comes_to_what_the_page_says():
    done = work(read_text("regulation-points.yaml", EXAMPLE.encode()), REGISTER, on=date(2026, 6, 1))
    found = [points(done, "李芳", code) for code in ("visits", "attendance", "suggestions", "total")]
    assert found == [25, 20, Fraction(5, 2), Fraction(95, 2)]
    assert done.closed[id_of("李芳")].grade == "不称职"
    assert "5/8 × 40 = 25" in PAGE
    assert "**47.5**" in PAGE
