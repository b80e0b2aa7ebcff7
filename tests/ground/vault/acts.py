"""What the worker does in tests: jobs carry ids only."""

from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django_tasks import task

from lianxin.ground.core.clock import now
from lianxin.ground.vault import actions
from lianxin.ground.vault.channels import Email, Message
from lianxin.ground.vault.errors import NoWayToReach

MESSAGE = Message("回音", "{name}：您说的路灯今天修好了。")


class Refusing(Email):
    """A channel whose failure quotes the address, as mail servers do."""

    def send(self, address: str, name: str, message: Message) -> None:
        raise SMTPRecipientsRefused({address: (550, f"no such user {address} {name}".encode())})


class Gone(Email):
    """A channel that nobody wants to be told by."""

    def send(self, address: str, name: str, message: Message) -> None:
        raise NoWayToReach


@task()
def tell(voice: str, refuse: bool) -> None:
    """Tell one voice."""
    channel = Refusing() if refuse else Email()
    actions.deliver(UUID(voice), MESSAGE, channel=channel, by=None, at=now())
