"""What a database of another day or version needs before it is verified."""

from django.core.management import call_command

from lianxin.ground.core.events.sealing import seal_days_over
from lianxin.ground.core.models import Platform


def bring_up_to_date() -> None:
    """Migrate to this version, and seal what no worker was there to seal, so that `verify` finds only what is wrong."""
    call_command("migrate", interactive=False, verbosity=0)
    Platform.forget()
    Platform.current()  # a rehearsal has a clock of its own
    seal_days_over()
