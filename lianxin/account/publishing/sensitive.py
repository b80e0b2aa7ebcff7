"""公布前查隐私 What of private data stands in words that everybody is to read, and what somebody decided about each piece.

    for finding in findings({"正文": text}):
        finding.part, finding.words, finding.start, finding.before, finding.after
    judged(findings, {finding.key: "办公室的服务电话"}).check()

Finding is a suggestion, and a person decides: a piece is taken away, or masked, or may stand for a reason that is written down.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from lianxin.account.publishing.errors import CannotMask, SensitiveLeft
from lianxin.affairs.opinions.previewing import KINDS
from lianxin.lib import text as written
from lianxin.lib.text import PrivateKind, find

MASK = "\x00"  # what is decided where bars are to stand instead; nobody can type it
AROUND = 12  # signs shown beside a finding


@dataclass(frozen=True)
class Finding:
    """A piece of private data: `words` stand in the `part` from `start` to `end`, counted in signs, in this line of it.

    `key` is the same for the same words of the same kind, wherever they stand.
    """

    part: str
    start: int
    end: int
    line: int
    kind: PrivateKind
    words: str
    before: str
    after: str

    @property
    def key(self) -> str:
        """What forms call it."""
        return sha256(f"{self.kind}:{self.words}".encode()).hexdigest()[:12]

    @property
    def called(self) -> str:
        """What kind of thing it is."""
        return str(KINDS[self.kind])

    @property
    def where(self) -> str:
        """Where it stands, and what it is, without its words."""
        return _("%(part)s第%(line)d段的%(what)s") % {"part": self.part, "line": self.line, "what": self.called}


def findings(parts: Mapping[str, str]) -> list[Finding]:
    """Everything found in these texts of any length, named by what each is, in reading order. Linear in their length."""
    return [
        Finding(
            part,
            found.start,
            found.end,
            text.count("\n", 0, found.start) + 1,
            found.kind,
            text[found.start : found.end],
            text[max(found.start - AROUND, 0) : found.start].rpartition("\n")[2],
            text[found.end : found.end + AROUND].partition("\n")[0],
        )
        for part, text in parts.items()
        for found in find(text)
    ]


def once(found: Iterable[Finding]) -> list[Finding]:
    """Each words once, as they are decided about: where they stand first."""
    return list({finding.key: finding for finding in reversed(list(found))}.values())[::-1]


@dataclass(frozen=True)
class Judged:
    """Findings, and what was decided of each by its key."""

    findings: list[Finding]
    decided: Mapping[str, str]

    @property
    def to_mask(self) -> list[Finding]:
        """Those that bars are to hide."""
        return [finding for finding in self.findings if self.decided.get(finding.key) == MASK]

    @property
    def told(self) -> str:
        """Why each may stand, for the record: where it is, and never its words."""
        said = ((finding, self.decided.get(finding.key, "")) for finding in self.findings)
        return "\n".join(f"{finding.where}：{why}" for finding, why in said if why != MASK)

    def masked(self, text: str) -> str:
        """The text with bars for what is to be hidden."""
        for finding in self.to_mask:
            text = text.replace(finding.words, written.MASK)
        return text

    def check(self, left: Iterable[Finding]) -> None:
        """What is `left` once bars are drawn may stand, each for a reason. Raises CannotMask, SensitiveLeft."""
        for finding in left:
            why = self.decided.get(finding.key, "").strip()
            if why == MASK:
                raise CannotMask(finding.where)
            if not why:
                raise SensitiveLeft(finding.where)


def judged(found: Iterable[Finding], decided: Mapping[str, str]) -> Judged:
    """What somebody decided about findings. Raises SensitiveLeft where one of them was not decided."""
    made = Judged(list(found), decided)
    for finding in made.findings:
        if not decided.get(finding.key, "").strip():
            raise SensitiveLeft(finding.where)
    return made
