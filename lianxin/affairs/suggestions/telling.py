"""What the voices hear when the suggestion that stands on them moves: one line, without a name of theirs."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from lianxin.affairs.opinions import saying
from lianxin.affairs.suggestions.doing import Doing

NOBODY: Collection[UUID] = ()


def voices(work: Doing, words: Callable[[Doing], str], *, but: Collection[UUID] = NOBODY) -> None:
    """Tell every voice that the suggestion stands on, with those merged into its matter."""
    with translation.override(settings.LANGUAGE_CODE):
        sentence = words(work)
    key = f"suggestions.{work.suggestion.pk.hex}.{work.case.edition}"
    for opinion in work.suggestion.matters().exclude(pk__in=but):
        saying.moved(opinion, sentence, key=key, at=work.at)


def submitted(work: Doing) -> str:
    """It was submitted."""
    return _("%(name)s代表把它写进建议提出来了，编号%(number)s。交给哪个单位办，会再告诉您。") % {
        "name": work.suggestion.lead.person.name,
        "number": work.case.number,
    }


def handed(work: Doing) -> str:
    """A unit has it."""
    return _("根据它提出的建议%(number)s交给承办单位了，答复以后会告诉您。") % {"number": work.case.number}


def replied(work: Doing) -> str:
    """It was answered."""
    return _("根据它提出的建议%(number)s有答复了。") % {"number": work.case.number}
