"""What residents are told while their matter goes its way: one line each, in plain words, nobody's name or words in it.

The lines go into the outbox inside the transaction of the verb that wrote the event, and leave it a minute later; what is
taken back within that minute is never told. Who is in charge, by when, and that a page waits: everything else stands on
the page behind the link, so a telephone that others look at gives nothing away.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db.models import Min
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lianxin.affairs.opinions import links, questions
from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases.models import Handover, Rating
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Ref, names
from lianxin.ground.core.models import Event
from lianxin.ground.messages import actions as messages
from lianxin.ground.messages.models import Reach

if TYPE_CHECKING:
    from lianxin.affairs.opinions.doing import Doing

HOLDERS = ("unit", "mandate", "body", "station")


def of(work: "Doing", event: Event) -> None:
    """Tell of this event whom it concerns: the author, or everybody whose voice is part of the matter."""
    if (words := WORDS.get(event.kind)) is None:
        return
    voices = (
        Opinion.objects.told_with(work.case) if event.kind in EVERYBODY else Opinion.objects.filter(pk=work.opinion.pk)
    )
    told = list(voices.filter(pk__in=Reach.objects.open().values("voice_id")).select_related("case").order_by("pk"))
    if not told:
        return
    with translation.override(settings.LANGUAGE_CODE):
        sentence = words(work, event)
        for opinion in told:
            _say(opinion, _line(opinion, sentence), key_of(event, opinion.pk), work.at)


def key_of(event: Event, voice_id: UUID) -> str:
    """By which one line to one voice is known again."""
    return f"opinions.{event.pk.hex}.{voice_id.hex}"


def take_back(event: Event) -> None:
    """The event was annulled: what waits of it is told to nobody."""
    own = Opinion.objects.select_related("case").get(pk=event.subject_id)
    for voice in {own.pk, *Opinion.objects.told_with(own.case).values_list("pk", flat=True)}:
        messages.recall(key_of(event, voice))


def ask_again(rating: Rating, opinion: Opinion) -> bool:
    """Some weeks later: is it still so? Once for each rating; whether the voice will be told."""
    with translation.override(settings.LANGUAGE_CODE):
        text = _("您%(day)s反映的事（%(number)s）答复过一些日子了：现在还好吗？%(last)s前请再说一次，点开就能评。") % {
            "day": date_format(opinion.said_on, _("n月j日")),
            "number": opinion.case.number,
            "last": _day(rating.due_on),
        }
        return _say(opinion, text, f"opinions.again.{rating.pk.hex}", rating.asked_at)


def remind(opinion: Opinion, last: date, at: datetime) -> bool:
    """The days for an answer to what was asked are nearly over. Once for each last day; whether the voice will be told."""
    with translation.override(settings.LANGUAGE_CODE):
        text = _("您%(day)s反映的事（%(number)s）还等您补充：%(last)s前补上就行。没有等到，会照现有的接着办。") % {
            "day": date_format(opinion.said_on, _("n月j日")),
            "number": opinion.case.number,
            "last": _day(last),
        }
        return _say(opinion, text, f"opinions.more.{opinion.pk.hex}.{last:%Y%m%d}", at)


def received(opinion: Opinion, at: datetime) -> bool:
    """A letter by e-mail has come: its number, and where one sees how it goes on."""
    with translation.override(settings.LANGUAGE_CODE):
        text = _("收到您的邮件，编号%(number)s。收下没有、交给谁办，会再告诉您；点开能看进展。")
        told = text % {"number": opinion.case.number}
        return _say(opinion, told, f"opinions.received.{opinion.pk.hex}", at)


def moved(opinion: Opinion, sentence: str, *, key: str, at: datetime) -> None:
    """Tell everybody whose voice is part of this matter how what came of it goes on elsewhere. Once for each key."""
    told = Opinion.objects.told_with(opinion.case).filter(pk__in=Reach.objects.open().values("voice_id"))
    with translation.override(settings.LANGUAGE_CODE):
        for voice in told.select_related("case").order_by("pk"):
            _say(voice, _line(voice, sentence), f"{key}.{voice.pk.hex}", at)


def _line(opinion: Opinion, sentence: str) -> str:
    return _("您%(day)s反映的事（%(number)s）：%(sentence)s") % {
        "day": date_format(opinion.said_on, _("n月j日")),
        "number": opinion.case.number,
        "sentence": sentence,
    }


def _say(opinion: Opinion, text: str, key: str, at: datetime) -> bool:
    return messages.say(opinion.pk, Ref("opinion", opinion.pk), text, links.address_of(opinion), key=key, at=at)


def _day(day: date) -> str:
    return date_format(day, _("n月j日"))


def _holders(event: Event) -> str:
    """Who has it now, by name."""
    parties = [(kind, id) for kind, id in event.parties.values_list("kind", "party_id") if kind in HOLDERS]
    named = names(parties)
    return pgettext("between names", "、").join(named[kind, str(id)] for kind, id in parties)


def _due(work: "Doing") -> str:
    """By when the next who has it says something; nothing where no clock runs."""
    running = Handover.objects.running().filter(case=work.case.pk)
    day = running.aggregate(day=Min("due_on"))["day"]
    return _("%(day)s前") % {"day": _day(day)} if day else ""


def _accepted(work: "Doing", event: Event) -> str:
    return _("收下了，%(due)s告诉您交给谁办。") % {"due": _due(work)}


def _declined(work: "Doing", event: Event) -> str:
    return _("没有收。为什么、该找哪里，请点开看。")


def _more_asked(work: "Doing", event: Event) -> str:
    clock = questions.reading(work.case, day_of(work.at))
    last = _("%(day)s前") % {"day": _day(clock.due_on)} if clock and clock.due_on else ""
    return _("有一点没弄清，请您%(last)s补充几句。补充之前先等着您。") % {"last": last}


def _merged(work: "Doing", event: Event) -> str:
    return _("别人也说了同一件事，并在一起办。答复还是会单独告诉您。")


def _split(work: "Doing", event: Event) -> str:
    return _("从并案里分出来，单独给您办。")


def _to_unit(work: "Doing", event: Event) -> str:
    return _("交给%(unit)s办，%(due)s答复。") % {"unit": _holders(event), "due": _due(work)}


def _to_deputy(work: "Doing", event: Event) -> str:
    return _("转给%(deputy)s代表，%(due)s答复。") % {"deputy": _holders(event), "due": _due(work)}


def _to_body(work: "Doing", event: Event) -> str:
    return _("转给%(body)s来办。") % {"body": _holders(event)}


def _replied(work: "Doing", event: Event) -> str:
    return _("%(who)s答复了。请您看一看，再告诉我们：解决了没有，满意不满意。") % {"who": _holders(event)}


def _reopened(work: "Doing", event: Event) -> str:
    return _("还没解决，重新办一轮，%(due)s告诉您交给谁。") % {"due": _due(work)}


def _lapsed(work: "Doing", event: Event) -> str:
    return _("答应的日子到了，没有做到，自动重新办一轮。")


def _in_vain(work: "Doing", event: Event) -> str:
    return _("写进的建议不再办了，回到办公室，%(due)s告诉您交给谁办。") % {"due": _due(work)}


WORDS: dict[str, Callable[["Doing", Event], str]] = {
    "opinions.accepted": _accepted,
    "opinions.declined": _declined,
    "opinions.more_asked": _more_asked,
    "opinions.merged": _merged,
    "opinions.split": _split,
    "opinions.handed_to_unit": _to_unit,
    "opinions.handed_to_deputy": _to_deputy,
    "opinions.handed_to_body": _to_body,
    "opinions.replied": _replied,
    "opinions.reopened": _reopened,
    "opinions.raised_in_vain": _in_vain,
    "opinions.promise_lapsed": _lapsed,
}
EVERYBODY = (
    "opinions.declined",
    "opinions.handed_to_unit",
    "opinions.handed_to_deputy",
    "opinions.handed_to_body",
    "opinions.replied",
    "opinions.reopened",
    "opinions.raised_in_vain",
    "opinions.promise_lapsed",
)
