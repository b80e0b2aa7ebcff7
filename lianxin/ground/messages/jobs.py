"""What messages do by themselves."""

from datetime import datetime, time, timedelta

from django.db import connection
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import now
from lianxin.ground.core.jobs import Job
from lianxin.ground.messages.mailbox import poll
from lianxin.ground.messages.models import Outgoing, Received
from lianxin.ground.messages.sending import send

KEPT_FOR = timedelta(days=2 * 366)  # that something was told, and that a mail was read: so long may an answer take


def forget(due_at: datetime) -> str:
    """Take away notes of what was told and read long ago, and let PostgreSQL use the room of what was said since."""
    before = now() - KEPT_FOR
    told, _by_model = Outgoing.objects.filter(ended_at__lt=before).delete()
    read, _by_model = Received.objects.filter(received_at__lt=before).delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM {Outgoing._meta.db_table}")
    return number_format(told + read)


JOBS = (
    Job("messages.send", _("寄出消息"), send, every=timedelta(minutes=5)),
    Job("messages.poll", _("收取来信"), poll, every=timedelta(minutes=5)),
    Job("messages.forget", _("删去旧的收发记录"), forget, at=time(4, 35)),
)
