"""What a paper says, apart from how it looks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto


class Form(StrEnum):
    """格式 The paper with a red head (文件式), the letter between red double lines (信函格式, GB/T 9704-2012, 10.1), or a
    plain sheet that begins with its title (白头): what has no number of its own.
    """

    DOCUMENT = auto()
    LETTER = auto()
    PLAIN = auto()


@dataclass(frozen=True)
class Part:
    """段落 A paragraph. `level` 1 is headed 一、, 2 （一）, 3 1. and 4 （1）; 0 is plain text. Numbers stand in the text."""

    text: str
    level: int = 0

    def __post_init__(self) -> None:
        if self.level not in range(5):
            raise ValueError(f"A paragraph has a level of 0 to 4, not {self.level}.")


@dataclass(frozen=True)
class Imprint:
    """版记 Who gets a copy, and who printed it when. A letter has the copies alone."""

    copies_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None


@dataclass(frozen=True)
class Paper:
    """公文 One paper. What is empty is left out, and its line with it.

    `issuer` is who issues it, as the red head says it; the head of a document ends with 文件. A line break in the title
    stays one: where a title breaks is for whoever writes it. `mark` stands at the upper right: the class of a reply.
    """

    form: Form
    issuer: str
    number: str
    title: str
    to: str = ""
    body: tuple[Part, ...] = ()
    attachments: tuple[str, ...] = ()
    signer: str = ""
    day: date | None = None
    note: str = ""
    imprint: Imprint = Imprint()
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    mark: str = ""

    @property
    def head(self) -> str:
        """What the red head says."""
        return f"{self.issuer}文件" if self.form == Form.DOCUMENT else self.issuer


@dataclass(frozen=True)
class Fonts:
    """字体 By the names that Windows and WPS know them by."""

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    first: str = "黑体"
    second: str = "楷体_GB2312"
    page: str = "宋体"
