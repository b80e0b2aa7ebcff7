"""What an office does on paper: letters about a matter."""

from functools import partial
from typing import Any

from lianxin.affairs.opinions.doing import Doing, holding
from lianxin.affairs.opinions.voices import speaking
from lianxin.ground.cases import issuing
from lianxin.ground.cases.models import Handover
from lianxin.ground.core.events import Ref
from lianxin.ground.documents.models import Paper, PaperKind
from lianxin.lib import papers as layout


def issue(lead: Handover, content: layout.Paper, kind: PaperKind, **facts: Any) -> Paper:
    """Issue a paper to the unit that leads: it goes with the words of the voice that speaks in it.

    Facts and errors are those of `cases.issuing.issue`.
    """
    return issuing.issue(partial(holding, is_final=True), lead, content, kind, about=_words_of, **facts)


def _words_of(work: Doing) -> Ref:
    return Ref("opinion", speaking([work.opinion])[work.case.pk].pk)
