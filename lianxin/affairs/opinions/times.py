"""What time does to opinions: called by the jobs of cases, and by those of our own."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lianxin.affairs.opinions import lineage, near, questions, saying, search
from lianxin.affairs.opinions.actions import drafting, handling, judging, sorting, telling
from lianxin.affairs.opinions.chips import lines
from lianxin.affairs.opinions.models import Opinion
from lianxin.affairs.opinions.models.opinion import KIND
from lianxin.affairs.opinions.rules import Keeping, OpinionRules
from lianxin.affairs.opinions.tasks import throw_old_ledgers_away
from lianxin.ground.cases.models import Promise, Rating
from lianxin.ground.cases.registry import CaseKind
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.clock import day_of, now
from lianxin.ground.core.jobs import Job
from lianxin.ground.messages import actions as messages
from lianxin.ground.rulebook import in_force
from lianxin.ground.vault import actions as vault
from lianxin.ground.vault.models import Cause, Identity
from lianxin.lib.calendars import Level, Span, span_end


def go_on(due_at: datetime) -> str:
    """Where more was asked and nothing came in the preset's days, the clocks run on."""
    at, count = now(), 0
    for opinion in questions.asked():
        clock = questions.reading(opinion.case, day_of(at))
        if clock and clock.is_late:
            sorting.go_on(opinion, at=at)
            count += 1
    return str(count)


def remind(due_at: datetime) -> str:
    """Some days before that, as the preset says, whoever was asked hears until when it waits; once for each question."""
    at, count = now(), 0
    for opinion in questions.asked():
        clock = questions.reading(opinion.case, day_of(at))
        if clock and clock.level in (Level.SOON, Level.TODAY) and clock.due_on:
            count += saying.remind(opinion, clock.due_on, at)
    return str(count)


def ask_again(due_at: datetime) -> str:
    """Some weeks after an answer everybody is asked once more: whose day has come and who has not said it yet."""
    at, count = now(), 0
    asked = Rating.objects.filter(wave=Rating.Wave.LATER, given_at__isnull=True)
    for rating in asked.filter(asked_at__lte=at, due_on__gte=day_of(at)).order_by("due_on", "pk").iterator():
        opinion = Opinion.objects.select_related("case").filter(pk=rating.voice_id, erased_at__isnull=True).first()
        count += bool(opinion and saying.ask_again(rating, opinion))
    return str(count)


def due_for_erasing(at: datetime) -> tuple[list[Opinion], list[Opinion]]:
    """What the preset's days of keeping are over for today: opinions whose identity goes, and whose words go."""
    identities: list[Opinion] = []
    words: list[Opinion] = []
    ended = Opinion.objects.with_case().select_related("case__merged_into").filter(case__ended_at__isnull=False)
    kept = Identity.objects.filter(voice_id=OuterRef("pk"))
    ended = ended.annotate(has_identity=Exists(kept)).filter(Q(erased_at__isnull=True) | Q(has_identity=True))
    for opinion in ended.order_by("pk").iterator():
        keeping = in_force(day_of(at), opinion.case.body_id).section(OpinionRules).keeping
        is_over = {span: _is_over(opinion, span, at) for span in _spans(keeping)}
        if keeping is None or not any(is_over.values()) or _has_more_to_come(opinion):
            continue
        if opinion.has_identity and is_over[keeping.identity.value]:
            identities.append(opinion)
        if opinion.erased_at is None and is_over[keeping.originals.value]:
            words.append(opinion)
    return identities, words


def _spans(keeping: Keeping | None) -> tuple[Span, ...]:
    return (keeping.identity.value, keeping.originals.value) if keeping else ()


def erase_old(due_at: datetime) -> str:
    """Identities, and words, that were kept as long as the preset says, are destroyed; each is logged."""
    at = now()
    identities, words = due_for_erasing(at)
    for opinion in identities:
        with transaction.atomic():
            vault.erase(opinion.pk, by=None, at=at, cause=Cause.EXPIRED)
            messages.forget(opinion.pk)
    for opinion in words:
        telling.expire_words(opinion, at=at)
    return f"{len(identities)}+{len(words)}"


def forget_words(due_at: datetime) -> None:
    """What was erased or redacted leaves the files of the index."""
    search.forget()


def _is_over(opinion: Opinion, span: Span, at: datetime) -> bool:
    """Counted from the end of the matter that the voice was handled as, which may have gone on long after it was merged."""
    ended_at = (opinion.case.merged_into or opinion.case).ended_at
    return ended_at is not None and span_end(day_of(ended_at), span, working_calendar().outlook) < day_of(at)


def _has_more_to_come(opinion: Opinion) -> bool:
    """A promise that stands keeps the author reachable, and so does what it became part of while that is being handled."""
    own = Q(case=opinion.case_id) | Q(case=opinion.case.merged_into_id)
    if Promise.objects.filter(own, kept_at__isnull=True, lapsed_at__isnull=True).exists():
        return True
    return any(became.is_open for became in lineage.of(opinion.pk))


CASE_KIND = CaseKind(
    KIND,
    late=judging.tell_late,
    lapsed=judging.lapse_promise,
    over=judging.end_unjudged,
    orphaned=handling.hand_back,
    lines=lines,
)
JOBS = (
    Job("opinions.go_on", _("没有等到补充的意见"), go_on, at=time(0, 40)),
    Job("opinions.remind", _("补充快到期了，提醒一次"), remind, at=time(8, 20)),
    Job("opinions.ask_again", _("过些时候再问一次"), ask_again, at=time(8, 10)),
    Job("opinions.index", _("清理检索"), forget_words, at=time(4, 45)),
    Job("opinions.drafts", _("清理草稿"), drafting.drop_over, every=timedelta(hours=1)),
    Job("opinions.compare", _("找可能重复的意见"), near.compare_new, every=timedelta(minutes=5)),
    Job("opinions.throw_ledgers_away", _("删去旧的台账文件"), throw_old_ledgers_away, at=time(2, 20)),
    Job("opinions.erase", _("到期销毁"), erase_old, at=time(2, 20)),
)
