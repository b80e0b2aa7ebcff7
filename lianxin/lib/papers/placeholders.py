"""占位词 What may stand between {{ and }} in a template, and what a paper puts there."""

from collections.abc import Callable
from dataclasses import dataclass

from .content import Paper, Part
from .layout import attachments_told
from .measures import day_told


@dataclass(frozen=True)
class Placeholder:
    """`lines` are the paragraphs that it becomes; one that may become several has a paragraph for itself (`is_alone`).

    A template that lacks one that `is_needed` would lose what the paper says, where it says that.
    """

    name: str
    lines: Callable[[Paper], list[Part]]
    is_alone: bool = False
    is_needed: bool = False


def _one(told: Callable[[Paper], str]) -> Callable[[Paper], list[Part]]:
    return lambda paper: [Part(text)] if (text := told(paper).replace("\n", "")) else []


def _body(paper: Paper) -> list[Part]:
    return [Part(text, part.level) for part in paper.body for text in part.text.split("\n")]


def _attachments(paper: Paper) -> list[Part]:
    """Below an empty line, which is there only with them."""
    return [Part(text) for text in ("", *attachments_told(paper))] if paper.attachments else []


PLACEHOLDERS = {
    one.name: one
    for one in (
        Placeholder("发文机关", _one(lambda paper: paper.head)),
        Placeholder("文号", _one(lambda paper: paper.number), is_needed=True),
        Placeholder(
            "标题", lambda paper: [Part(line) for line in paper.title.split("\n")], is_alone=True, is_needed=True
        ),
        Placeholder("主送", _one(lambda paper: paper.to), is_needed=True),
        Placeholder("正文", _body, is_alone=True, is_needed=True),
        Placeholder("附件", _attachments, is_alone=True),
        Placeholder("落款", _one(lambda paper: paper.signer), is_needed=True),
        Placeholder("日期", _one(lambda paper: day_told(paper.day) if paper.day else ""), is_needed=True),
        Placeholder("类别", _one(lambda paper: paper.mark), is_needed=True),
        Placeholder("附注", _one(lambda paper: paper.note)),
        Placeholder("抄送", _one(lambda paper: paper.imprint.copies_to)),
        Placeholder("份号", _one(lambda paper: paper.copy_number)),
        Placeholder("密级", _one(lambda paper: paper.secrecy)),
        Placeholder("紧急程度", _one(lambda paper: paper.urgency)),
    )
}


def needs(paper: Paper, name: str) -> bool:
    """Whether a template of such papers would lose what they say without this placeholder; what they never say, no template needs."""
    return PLACEHOLDERS[name].is_needed and bool(PLACEHOLDERS[name].lines(paper))
