"""What stands in a column of an issue."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianxin.account.bulletin.models.issue import Issue
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.suggestions.models import Suggestion
from lianxin.ground.core.models import Record

HEADING, TEXT, WHO = 40, 300, 40


class Agreed(models.TextChoices):
    """How the one who spoke agreed that their words are printed."""

    PAPER = "paper", _("书面")
    PERSON = "person", _("当面")
    PHONE = "phone", _("电话")


class Item(Record):
    """条目 One entry of a column: the matter that it tells of, and the words in which. Until the issue is signed.

    Somebody's own words (`is_quoted`) are printed only where the one who spoke agreed: how, on which day, and who asked.
    `is_looked_at`: somebody read what the check found in these very words, and said that it gives nobody away.
    """

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items", verbose_name=_("一期简报"))
    column = models.CharField(_("栏目"), max_length=40)
    position = models.IntegerField(_("第几条"))
    opinion = models.ForeignKey(Opinion, models.PROTECT, null=True, related_name="+", verbose_name=_("群众意见"))
    suggestion = models.ForeignKey(Suggestion, models.PROTECT, null=True, related_name="+", verbose_name=_("代表建议"))
    heading = models.CharField(_("标题"), max_length=HEADING, blank=True)
    text = models.CharField(_("正文"), max_length=TEXT)
    who = models.CharField(_("谁说的"), max_length=WHO, blank=True)
    is_quoted = models.BooleanField(_("原话"), default=False)
    is_looked_at = models.BooleanField(_("看过隐私"), default=False)
    agreed_how = models.CharField(_("怎么同意的"), max_length=8, choices=Agreed.choices, blank=True)
    agreed_on = models.DateField(_("哪天同意的"), null=True)
    agreed_with = models.UUIDField(_("谁问的"), null=True)

    class Meta:
        verbose_name = _("简报的条目")
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                name="item_tells_of_one_thing",
                condition=Q(opinion__isnull=False, suggestion__isnull=True)
                | Q(opinion__isnull=True, suggestion__isnull=False),
            ),
            models.UniqueConstraint(fields=["issue", "column", "opinion"], name="item_of_an_opinion_stands_once"),
            models.UniqueConstraint(fields=["issue", "column", "suggestion"], name="item_of_a_suggestion_stands_once"),
        ]

    def __str__(self) -> str:
        return self.heading or self.text

    @property
    def lacks_consent(self) -> bool:
        """Whether the one who spoke has not agreed yet."""
        return self.is_quoted and self.agreed_on is None

    @property
    def is_public(self) -> bool:
        """Whether everybody may read of the matter; both were read beforehand."""
        return self.opinion.is_public if self.opinion else bool(self.suggestion and self.suggestion.is_public)

    @property
    def public_path(self) -> str:
        """The matter's page for everybody."""
        if self.suggestion:
            return self.suggestion.public_url
        return self.opinion.public_url if self.opinion else ""
