"""What is said at a reception: told, and at once answered by the deputy who hears it, taken up, or sent on."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions.actions import handling, replying
from lianxin.affairs.opinions.actions.telling import Telling, tell
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases.errors import NoLongerThere
from lianxin.ground.cases.models import Handover


class Then(models.TextChoices):
    """What becomes of it on the spot. Only writing it down leaves it with the deputy, to be answered later."""

    ANSWERED = "answered", _("当场答复")
    TAKEN_UP = "taken_up", _("代表认领，跟到底")
    SENT_ON = "sent_on", _("转给办公室交办")
    WRITTEN = "written", _("先记下，代表回头答复")


def hear(telling: Telling, then: str, note: str, *, by: UUID, at: datetime) -> Opinion:
    """It is told to the deputy who hears it, and goes its way from there: all of it, or nothing.

    Sent twice, it is heard once. `note` is the answer, or why it is sent on. Raises as `tell` does, and NoLongerThere
    where the deputy's mandate is over, ReplyMissing, NoReason, SolvedIsNotYours.
    """
    assert telling.mandate
    with transaction.atomic():
        if Opinion.objects.filter(pk=telling.id).exists():
            return Opinion.objects.with_case().get(pk=telling.id)
        opinion = tell(telling, by=by, at=at)
        handover = Handover.objects.running().filter(case=opinion.case_id, party_id=telling.mandate.pk).first()
        if handover is None:
            raise NoLongerThere(telling.mandate.person.name)
        if then == Then.ANSWERED:
            replying.answer_as_deputy(handover, note, by=by, at=at)
        elif then == Then.TAKEN_UP:
            handling.take_up(handover, by=by, at=at)
        elif then == Then.SENT_ON:
            handling.pass_on(handover, note, by=by, at=at)
    return Opinion.objects.with_case().get(pk=opinion.pk)
