"""What can be done to ties and households."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lianxin.affairs.contact.models import Household, Tie
from lianxin.ground.access.policy import Action
from lianxin.ground.core.clock import today
from lianxin.ground.people.models import Mandate
from lianxin.ground.vault.models import Identity


def visits(user: Any, thing: Any) -> bool:
    """Whether a deputy whose mandate runs is tied to this household today, by itself or by its identity."""
    if not isinstance(thing, Household | Identity):
        return False
    id = thing.voice_id if isinstance(thing, Identity) else thing.pk
    running = Mandate.objects.on(today()).filter(person__user=user.pk).values("pk")
    own = Tie.objects.on(today()).toward(Household.KIND, id).filter(who_kind=Tie.MANDATE, who_id__in=running)
    return own.exists()


ACTIONS = (
    Action("contact.see", _("看结对和联系户")),
    Action("contact.tie", _("结对和结束结对")),
    Action("contact.enter", _("登记联系户")),
    Action("ties.hold", _("联系结对的户和选区")),
)
