"""Once a week, one e-mail to whoever has something waiting, and none to anybody else."""

import logging
from contextlib import closing
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lianxin.ground.access.errors import DigestsNotSent
from lianxin.ground.access.homes import home_of
from lianxin.ground.access.models import Digest, User
from lianxin.ground.access.waiting import waiting_for
from lianxin.ground.core.clock import day_of, now
from lianxin.ground.core.jobs import Job
from lianxin.ground.core.models import Platform
from lianxin.ground.core.serving import where

log = logging.getLogger("lianxin.jobs")

MONDAY = 0
REFUSED = (OSError, ValueError)  # by the mail server, or an address that no mail can be written to


def send(due_at: datetime) -> str:
    """Write to everybody whom something waits for and who was not written to for this week.

    Where no mail server is set it does nothing: what waits is shown at home. One mail that fails keeps nobody else
    from theirs. Who is killed between sending one and writing it down sends that one again. Raises DigestsNotSent, to
    be tried again for those who are left.
    """
    if not settings.SENDS_MAIL:
        return _("没有设置邮件服务器，要办的事只在首页上提醒")
    week_on = day_of(due_at)
    letters = [(user, letter) for user in _to_write_to(week_on) if (letter := write(user))]
    if not letters:
        return _("没有人有要办的事")
    if left := len(letters) - _send_all(letters, week_on):
        raise DigestsNotSent(left)
    return _("%(count)s封") % {"count": number_format(len(letters))}


def _to_write_to(week_on: date) -> QuerySet[User]:
    written = Exists(Digest.objects.filter(user=OuterRef("pk"), week_on=week_on))
    return User.objects.filter(~written, is_active=True, joined_at__isnull=False).exclude(email="").order_by("pk")


def write(user: User) -> EmailMessage | None:
    """What is written to this person: counts and links, not a name; None where nothing waits."""
    waiting, platform = waiting_for(user), Platform.current()
    if not waiting or platform is None:
        return None
    count = len(waiting)
    subject = ngettext("%(platform)s：有%(count)d样事等着您", "%(platform)s：有%(count)d样事等着您", count)
    address = where.noted(settings.HOME).rstrip("/")
    parts = ["\n".join(filter(None, [one.title, one.note, one.href and address + one.href])) for one in waiting]
    home = {"home": address + home_of(user)}
    parts.append(_("每周一寄一次，没有要办的事就不寄。随时可以在首页看到：%(home)s") % home)
    told = {"platform": platform.name, "count": count}
    return EmailMessage(subject % told, "\n\n".join(parts), to=[user.email])


def _send_all(letters: list[tuple[User, EmailMessage]], week_on: date) -> int:
    """Over one connection, so that a server that is silent is waited for once; how many went."""
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        log.warning("the mail server does not answer: %s", type(error).__name__)
        return 0
    with closing(connection):
        return sum(_send(user, letter, week_on, connection) for user, letter in letters)


def _send(user: User, letter: EmailMessage, week_on: date, connection: Any) -> bool:
    letter.connection = connection
    try:
        letter.send()
    except REFUSED as error:
        log.warning("a digest was not sent: %s", type(error).__name__)
        return False
    Digest.objects.create(user=user, week_on=week_on, sent_at=now())
    return True


JOBS = (Job("access.digest", gettext_lazy("每周提醒"), send, at=time(8), weekday=MONDAY),)
