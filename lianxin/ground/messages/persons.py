"""Addresses of those who stand on the roster: the telephone of the person, the e-mail of their sign-in."""

from uuid import UUID

from lianxin.ground.messages import channels
from lianxin.ground.people.models import Person
from lianxin.ground.vault.channels import Channel, Message
from lianxin.ground.vault.errors import NotDelivered, NoWayToReach

WAYS = ("sms", "email")  # the first that is open and gets there


def way_to(person: Person) -> str:
    """By which way this person is told; nothing where there is none. Read the user beforehand."""
    found = (code for code in WAYS if code in channels.available() and _address(person, channels.channel(code)))
    return next(found, "")


def deliver(person_id: UUID, message: Message, *, channel: Channel) -> None:
    """Send a message to somebody on the roster. Raises NoWayToReach, NotDelivered, as the vault does."""
    person = Person.objects.select_related("user").filter(pk=person_id).first()
    if person is None or not (address := _address(person, channel)):
        raise NoWayToReach
    try:
        channel.send(address, person.name, message)
        return
    except NoWayToReach:
        raise
    except Exception as error:  # noqa: BLE001  whatever it is, it may quote the address: only its kind goes on
        failure = type(error).__name__
    raise NotDelivered(channel.code, failure)


def _address(person: Person, channel: Channel) -> str:
    address = person.phone if channel.way == "phone" else person.user.email if person.user else ""
    return address if address and channel.takes(address) else ""
