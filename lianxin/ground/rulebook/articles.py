"""Where a rule comes from: the paper, and the article in it."""

import re
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BeforeValidator, ValidationInfo, field_validator, model_validator

from lianxin.ground.rulebook.blocks import PLACEHOLDERS, Block, Fillable, Text, ToBeFilled
from lianxin.ground.rulebook.checking import refuse
from lianxin.ground.rulebook.problems import nearest
from lianxin.ground.rulebook.shapes import Expects
from lianxin.lib.calendars.words import parse_number

_UNITS = {
    "编": gettext_lazy("第%(number)d编"),
    "章": gettext_lazy("第%(number)d章"),
    "节": gettext_lazy("第%(number)d节"),
    "条": gettext_lazy("第%(number)d条"),
    "款": gettext_lazy("第%(number)d款"),
    "项": gettext_lazy("第%(number)d项"),
    "目": gettext_lazy("第%(number)d目"),
    "部分": gettext_lazy("第%(number)d部分"),
    "点": gettext_lazy("第%(number)d点"),
}
_STEP = re.compile(rf"第([0-9]+|[零一二三四五六七八九十百]+)({'|'.join(_UNITS)})")
_SHORT = re.compile(rf"《?(?P<paper>.+?)》?\s*(?P<number>(?:{_STEP.pattern})+|{'|'.join(PLACEHOLDERS)})")


def _number(value: Any) -> str:
    """Where in the paper, in figures: 第五十一条第二款 becomes 第51条第2款."""
    steps = _STEP.findall(value) if isinstance(value, str) else []
    numbers = [parse_number(number) for number, _unit in steps]
    if not steps or not all(numbers) or "".join(f"第{number}{unit}" for number, unit in steps) != value:
        raise refuse(_("条号，如 第51条、第五十一条第二款"))
    return "".join(f"第{number}{unit}" for number, (_said, unit) in zip(numbers, steps, strict=True))


def _from_short(value: Any) -> Any:
    """The short form, 代表法第51条, as its parts."""
    if not isinstance(value, str):
        return value
    found = _SHORT.fullmatch(value.strip())
    if not found:
        raise refuse(_("文件和条号，如 代表法第51条；条号还不知道，就写“代表法 由办公室填写”"))
    return {"paper": found["paper"].strip(), "number": found["number"]}


ArticleNumber = Annotated[str, BeforeValidator(_number), Expects(gettext_lazy("条号，如 第51条、第五十一条第二款"))]


class Article(Block):
    """依据 The article of a paper that a rule is taken from; its text may stand beside it."""

    paper: Text
    number: Fillable[ArticleNumber]
    text: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: Any) -> Any:
        return _from_short(value)

    @field_validator("paper")
    @classmethod
    def _paper_is_declared(cls, paper: str, info: ValidationInfo) -> str:
        papers = (info.context or {}).get("papers")
        if papers is not None and paper not in papers:
            raise refuse(_("papers 里写明的文件"), nearest=nearest(paper, papers))
        return paper

    def __str__(self) -> str:
        return f"《{self.paper}》{self.where}"

    @property
    def where(self) -> str:
        """Where in the paper, in the language of the page."""
        return str(self.number) if isinstance(self.number, ToBeFilled) else where(self.number)

    @property
    def steps(self) -> tuple[int, ...]:
        """The same as numbers, by which articles come in the paper's order; none where nobody knows it yet."""
        return () if isinstance(self.number, ToBeFilled) else steps(self.number)


def where(number: str) -> str:
    """An article's number in the language of the page."""
    return "".join(str(_UNITS[unit]) % {"number": int(step)} for step, unit in _STEP.findall(number))


def steps(number: str) -> tuple[int, ...]:
    """An article's number as numbers."""
    return tuple(int(step) for step, _unit in _STEP.findall(number))
