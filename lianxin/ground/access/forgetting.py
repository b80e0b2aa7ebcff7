"""What the door forgets: each night whatever has served its time. Sessions themselves are tidied away by core."""

from datetime import datetime, time, timedelta

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianxin.ground.access.limits import KEPT
from lianxin.ground.access.lockout import LASTS
from lianxin.ground.access.models import Digest, Hit, Invitation
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.jobs import Job

DIGESTS_KEPT_FOR = timedelta(days=28)  # none is sent for a week that long ago


def forget(due_at: datetime) -> str | None:
    """Delete sign-ins older than LIANXIN_LOG_DAYS, failures that lock nobody any more, and devices without a session.

    Invitations that ran out or were used go too: what became of them stands in the record. That somebody
    was reminded goes after four weeks; how often something limited was done, after a day.
    """
    at = timezone.now()
    kept_since = at - timedelta(days=settings.LOG_DAYS)
    AccessLog.objects.filter(attempt_time__lt=kept_since).delete()
    AccessFailureLog.objects.filter(attempt_time__lt=kept_since).delete()
    AccessAttempt.objects.filter(attempt_time__lt=at - LASTS).delete()
    running = Session.objects.filter(expire_date__gt=at)
    UserSession.objects.exclude(session_key__in=running.values("session_key")).delete()
    Digest.objects.filter(week_on__lt=today() - DIGESTS_KEPT_FOR).delete()
    Hit.objects.filter(at__lt=at - KEPT).delete()
    Invitation.objects.exclude(used_at__isnull=True, expires_at__gt=now()).delete()
    return None


JOBS = (Job("access.forget", _("清理过期的登录记录"), forget, at=time(4, 30)),)
