"""Words that were erased stay erased, though an older backup still holds them in the columns of an opinion."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.core.backups.erasures import Eraser, Erasure

KIND = "opinions.words"

Forgets = Callable[[Opinion, datetime], None]
_forgetting: list[Forgets] = []


def register(forgets: Forgets) -> None:
    """Declare what apps above have to take away when an opinion's words go; in the same transaction."""
    if forgets not in _forgetting:
        _forgetting.append(forgets)


def forget_elsewhere(opinion: Opinion, at: datetime) -> None:
    """The words go from everything that apps above made of them."""
    for forgets in _forgetting:
        forgets(opinion, at)


def known() -> Iterable[Erasure]:
    """Every opinion whose words were taken away."""
    gone = Opinion.objects.filter(erased_at__isnull=False)
    for pk, at in gone.values_list("pk", "erased_at").iterator():
        assert at
        yield Erasure(KIND, pk, at)


def again(erased: Erasure) -> bool:
    """Take away the words that an older backup brought back; whether there were any."""
    from lianxin.affairs.opinions.actions.telling import forget_words  # which notes what it takes away by this module

    opinion = Opinion.objects.filter(pk=erased.id, erased_at__isnull=True).first()
    if opinion:
        forget_words(opinion, at=erased.at, cause=_("恢复备份后重新删去"))
    return opinion is not None


ERASER = Eraser(KIND, known, again)
