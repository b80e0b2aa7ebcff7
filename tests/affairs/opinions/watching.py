"""What must hold of voices whatever was done to them, asked of the rows alone."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Q

from lianxin.affairs.opinions.models import Opinion
from lianxin.ground.cases.models import Case, Handover, Pause, Rating, Reply
from lianxin.ground.core.calendars import working_calendar
from lianxin.ground.core.models import Effect, Event
from lianxin.ground.core.projections import projection, rebuild
from lianxin.ground.people.models import Unit

DAYS = {  # presets/_base/clocks.yaml, and whether working days are meant
    "sort": (3, True),
    "assign": (3, True),
    "answer": (7, False),
    "taken_up": (60, False),
    "lead": (15, True),
    "co": (15, True),
}
PROJECTIONS = ("case_clocks", "case_states", "case_voices")


def rows_of(opinion, names):
    """What the rows say of one voice, in the words of the reference."""
    case = Case.objects.get(pk=opinion.case_id)
    running = Handover.objects.running().filter(case=case).prefetch_related("pauses")
    sent = Reply.objects.filter(case=case, sent_at__isnull=False).exclude(handover__role="co")
    last = case.current_round()
    return {
        "stage": case.stage,
        "ending": case.ending,
        "into": case.merged_into_id,
        "holders": sorted(
            (h.role, names[h.party_id], any(p.ended_on is None for p in h.pauses.all()), bool(h.return_asked_at))
            for h in running
        ),
        "voices": case.voices,
        "answers": list(sent.order_by("sent_at", "pk").values_list("round__number", "text")),
        "round": last.number,
        "is_public": Opinion.objects.get(pk=opinion.pk).is_public,
        "waiting": Rating.objects.filter(round=last, wave=1, given_at=None).count(),
    }


def broken_by(opinion_ids):
    """Every rule that one of these voices breaks, by its name."""
    opinions = Opinion.objects.with_case().filter(pk__in=opinion_ids)
    return [f"{rule.__name__}: {one.case}" for one in opinions for rule in RULES if not rule(one, one.case)]


def derived_wrongly():
    """Derived columns that differ from the rows they are made of; and the register, where a number is missing or double."""
    wrong = [name for name in PROJECTIONS if rebuild(projection(name), keep=False)]
    months = defaultdict(list)
    for number in Case.objects.order_by("number").values_list("number", flat=True):
        month, _dash, place = number.rpartition("-")
        months[month].append(int(place))
    return wrong + [month for month, places in months.items() if places != list(range(1, len(places) + 1))]


def is_somewhere(opinion, case):
    """It is told back, or somebody has it in hand, or its author took it back."""
    main = case.merged_into or case
    if opinion.erased_at:
        return True
    if not main.has_ended:
        return main.handovers.running().exists() or main.ratings.filter(given_at=None).exists()
    if main.ending == Case.Ending.DECLINED:
        declined = Event.objects.about("opinion", main.opinion.pk).filter(
            kind="opinions.declined", texts__name="reason"
        )
        return declined.standing().exists()
    return Reply.objects.filter(case__in=[main, case], sent_at__isnull=False).exclude(handover__role="co").exists()


def has_an_owner_while_open(opinion, case):
    """An open matter has a running handover or an open question; one that ended has neither, nor a clock held."""
    running = case.handovers.running().exists()
    if not case.has_ended:
        asked = Rating.objects.filter(round=case.current_round(), wave=1, given_at=None, asked_at__lte=case.changed_at)
        return running if case.stage != Case.Stage.ANSWERED else asked.exists() and not running
    return not running and case.due_on is None and not case.echoes.exclude(mark="").exists()


def held_pauses_belong_to_running_handovers(opinion, case):
    return not Pause.objects.filter(handover__case=case, ended_on=None, handover__ended_at__isnull=False).exists()


def was_answered_by_who_held_it(opinion, case):
    """Every reply went out at the moment when its sender's handover ended as done, and never before it was theirs."""
    sent = Reply.objects.filter(case=case, sent_at__isnull=False).select_related("handover")
    return all(
        reply.handover.ending == Handover.Ending.DONE
        and reply.handover.ended_at == reply.sent_at
        and reply.handover.handed_at <= reply.sent_at
        and (reply.said_by != "unit" or reply.approved_at is not None)
        for reply in sent
    )


def is_due_when_counted_by_hand(opinion, case):
    """Day by day from the day it was handed over, without the days on which the author was waited for."""
    running = Handover.objects.running().filter(case=case).prefetch_related("pauses")
    return all(handover.due_on == _counted(handover) for handover in running if handover.role != "meeting")


def _counted(handover):
    pauses = [(pause.began_on, pause.ended_on) for pause in handover.pauses.all()]
    left, works = DAYS[handover.role]
    day = handover.started_on
    while left:
        day += timedelta(days=1)
        if any(began <= day and ended is None for began, ended in pauses):
            return None  # it is held, and nobody can know
        if not any(began <= day < ended for began, ended in pauses if ended):
            left -= not works or working_calendar().is_working_day(day)
    return day


def never_lies_with_who_it_complains_of(opinion, case):
    if not opinion.is_complaint:
        return True
    offices = Unit.objects.filter(Q(pk=opinion.complains_of_id) | Q(parent=opinion.complains_of_id))
    against = {opinion.complains_of_id, *offices.values_list("pk", flat=True)}
    events = Event.objects.about("opinion", opinion.pk)
    return (
        not case.handovers.filter(party_id__in=against).exists()
        and not events.filter(parties__party_id__in=against).exists()
    )


def is_public_only_where_it_may_be(opinion, case):
    return not opinion.is_public or not (opinion.is_complaint or opinion.visibility == "staff" or opinion.erased_at)


def what_ended_says_so_in_the_record(opinion, case):
    """A standing event tells of every stage that is not the first."""
    told = set(
        Event.objects.about("opinion", opinion.pk)
        .exclude(effect=Effect.ANNULS)
        .standing()
        .values_list("kind", flat=True)
    )
    by_ending = {"declined": "declined", "withdrawn": "withdrawn", "merged": "merged", "unjudged": "unjudged"}
    if case.ending == "withdrawn":
        own = Opinion.objects.filter(Q(case=case) | Q(case__merged_into=case)).values("pk")
        return Event.objects.filter(kind="opinions.withdrawn", subject_id__in=own).exists()
    return case.ending not in by_ending or f"opinions.{by_ending[case.ending]}" in told


RULES = (
    is_somewhere,
    has_an_owner_while_open,
    held_pauses_belong_to_running_handovers,
    was_answered_by_who_held_it,
    is_due_when_counted_by_hand,
    never_lies_with_who_it_complains_of,
    is_public_only_where_it_may_be,
    what_ended_says_so_in_the_record,
)
