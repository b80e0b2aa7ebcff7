"""收据 What an author takes along: number, code, who answers by which day; as a page or a slip of paper."""

from dataclasses import dataclass
from datetime import date

import segno
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lianxin.affairs.opinions.addressing import called
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases.models import Handover


@dataclass(frozen=True)
class Receipt:
    """An opinion as its author takes it along. `address` is where the platform is reached, without a slash behind."""

    opinion: Opinion
    first: Handover
    address: str

    @classmethod
    def of(cls, opinion: Opinion, address: str) -> "Receipt":
        """The receipt of an opinion: it says who had it first, whatever became of it since. One query."""
        first = opinion.case.handovers.earliest("handed_at", "id")
        return cls(opinion, first, address)

    @property
    def number(self) -> str:
        """The number of the matter."""
        return self.opinion.case.number

    @property
    def due_on(self) -> date | None:
        """By which day the first who has it answers."""
        return self.first.due_on

    @property
    def who(self) -> str:
        """Who has it first."""
        return called(*self.first.party)

    @property
    def sentence(self) -> SafeString:
        """Who answers what, by which day; as HTML, in which no line ends amid the day."""
        day = format_html("<time>{}</time>", date_format(self.due_on) if self.due_on else "")
        if self.first.party_kind == "mandate":
            return format_html(_("{who}代表在{day}前答复您。"), who=self.who, day=day)
        return format_html(_("{who}在{day}前告诉您：收下了没有、交给谁办。"), who=self.who, day=day)

    @property
    def follow(self) -> str:
        """Where anybody may type a code."""
        return f"{self.address}{reverse('opinions:follow')}"

    @property
    def public(self) -> str:
        """Where everybody reads what of it is public, once it was taken."""
        return f"{self.address}{reverse('opinions:public_matter', args=[self.number])}"

    @property
    def qr(self) -> str:
        """The code as a picture that leads to the matter. It stands behind the #, which no browser sends to a server."""
        held = segno.make(f"{self.follow}#{self.opinion.code}", error="m")
        return held.svg_data_uri(scale=4, border=2, light="#fff")
