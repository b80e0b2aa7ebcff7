"""What a paper about a matter says, before an office issues it."""

import re
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Protocol

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianxin.ground.cases.forms import EditionField
from lianxin.ground.cases.models import Case
from lianxin.ground.core.forms import ActForm
from lianxin.ground.core.ids import new_id
from lianxin.ground.documents.models import Letterhead
from lianxin.ground.documents.models import Paper as Issued
from lianxin.ground.documents.models.paper import PaperQuerySet
from lianxin.lib.papers import Paper, Part
from lianxin.lib.text import clean

HEADINGS = (re.compile(r"[一二三四五六七八九十]+、[^。；]+"), re.compile(r"（[一二三四五六七八九十]+）[^。；]+"))


def _level_of(line: str) -> int:
    """Which heading a line is: one that is numbered as headings are, and no sentence."""
    return next((level for level, shape in enumerate(HEADINGS, start=1) if shape.fullmatch(line)), 0)


class About(Protocol):
    """What a paper is about, on the day of its page: a matter as its unit sees it, or a voice."""

    @property
    def day(self) -> date:
        """The day."""

    @property
    def case(self) -> Case:
        """Its case."""


class IssueForm(ActForm):
    """A paper as it is proposed, to be mended and then issued.

    Each kind of papers has its own, which says what is proposed, how it is issued, and what is `not_asked`, and whether it `is_numbered`.
    """

    not_asked: ClassVar[tuple[str, ...]] = ()
    is_numbered: ClassVar[bool] = True
    act = gettext_lazy("编号并出文")
    warning: str | Promise = gettext_lazy("出了文就有文号，文号不收回，内容不再改。")
    again: ClassVar[str | Promise] = gettext_lazy("同样的已经出过%(number)s。再出一份，又占一个文号。")
    heading = forms.CharField(
        label=gettext_lazy("标题"),
        help_text=gettext_lazy("在哪里换行，纸上就在哪里换行。"),
        max_length=100,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    to = forms.CharField(label=gettext_lazy("主送"), max_length=200)
    words = forms.CharField(
        label=gettext_lazy("正文"),
        help_text=gettext_lazy("一段一行。反映人的姓名、电话不要写进去。"),
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    note = forms.CharField(label=gettext_lazy("附注"), max_length=80, required=False)
    copies = forms.CharField(
        label=gettext_lazy("抄送"),
        help_text=gettext_lazy("几个单位用逗号隔开；没有就空着。"),
        max_length=200,
        required=False,
    )
    id = forms.UUIDField(widget=forms.HiddenInput)  # what is pressed twice is issued once
    edition = EditionField()

    def __init__(self, thing: About, *args: Any, head: Letterhead, **kwargs: Any) -> None:
        self.proposed, self.head = self.propose(thing, head, thing.day), head
        words = "\n".join(part.text for part in self.proposed.body)
        told = {"heading": self.proposed.title, "to": self.proposed.to, "words": words, "note": self.proposed.note}
        told |= {"copies": self.proposed.imprint.copies_to}
        kwargs["initial"] = told | {"id": new_id(), "edition": thing.case.edition}
        super().__init__(thing, *args, **kwargs)
        if before := self.issued_before().first():
            self.warning = (self.again % {"number": before.number}) + str(self.warning)
        for name in self.not_asked:
            del self.fields[name]

    @property
    def told(self) -> str:
        """What is said when it is done."""
        return _("出了%(number)s。") % {"number": self.issued}

    def verb(self, **facts: Any) -> None:
        """Issue it."""
        written = {
            name: clean(facts.pop(name)) for name in ("heading", "to", "words", "note", "copies") if name in facts
        }
        self.issued = self.issue(self._mended(**written), head=self.head, **facts)

    def _mended(self, heading: str, copies: str, to: str = "", note: str = "", words: str | None = None) -> Paper:
        """What is proposed, as it was mended; the text stays where a form does not ask for it."""
        imprint = replace(self.proposed.imprint, copies_to=copies.rstrip("。"))
        content = replace(self.proposed, title=heading, to=to, note=note, imprint=imprint)
        if words is None:
            return content
        lines = filter(None, (line.strip() for line in words.splitlines()))
        return replace(content, body=tuple(Part(line, _level_of(line)) for line in lines))

    def issued_before(self) -> PaperQuerySet:
        """The same letters about the same handover, the latest first."""
        return Issued.objects.none()

    def propose(self, thing: Any, head: Letterhead, day: date, /) -> Paper:
        """What it says, as it is proposed."""
        raise NotImplementedError

    def issue(self, content: Paper, **facts: Any) -> Issued:
        """Issue it in its kind."""
        raise NotImplementedError
