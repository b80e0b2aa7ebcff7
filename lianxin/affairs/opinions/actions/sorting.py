"""What an office does with what came in: take it, ask, decline, hide, redact, merge, split, and take a step back."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lianxin.affairs.opinions import saying, search
from lianxin.affairs.opinions.doing import Doing, Role, Stage, doing
from lianxin.affairs.opinions.errors import (
    MergeAcrossVisibility,
    MergesIntoItself,
    NoReason,
    NothingFound,
    NotMerged,
)
from lianxin.affairs.opinions.models import Opinion, Privacy, Visibility
from lianxin.ground.cases import settling, undoing
from lianxin.ground.cases.models import Case, Handover, Pause
from lianxin.ground.core.clock import day_of
from lianxin.ground.people.models import Region
from lianxin.ground.people.models.region import Level

SORTING = (Stage.RECEIVED, Stage.ACCEPTED)
COLUMNS = ("visibility", "shown_name", "privacy", "is_public", "text", "is_redacted")
HIDDEN = "▇▇▇"


def accept(opinion: Opinion, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """It is taken: from now on the office has to say who handles it. Raises NotNow, ChangedMeanwhile."""
    with doing(opinion, by=by, at=at, stages=(Stage.RECEIVED,), edition=edition, **kept(opinion)) as work:
        holder = _sorter(work)
        holder.end(Handover.Ending.DONE, at=at)
        work.hand(Role.ASSIGN, (holder.party_kind, holder.party_id), "opinions_assign")
        work.case.stage = Stage.ACCEPTED
        show(opinion)
        work.tell("opinions.accepted")


def decline(opinion: Opinion, cause: str, reason: str, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """It is not taken, for one of the preset's causes, and the author reads why. Raises NoReason, NotNow."""
    if not (reason := reason.strip()):
        raise NoReason
    with doing(opinion, by=by, at=at, stages=SORTING, edition=edition, **kept(opinion)) as work:
        settling.close(work.case, Case.Ending.DECLINED, at=at)
        Opinion.objects.filter(pk=opinion.pk).update(is_public=False)
        work.tell("opinions.declined", facts={"cause": cause}, texts={"reason": reason})


def ask_more(opinion: Opinion, question: str, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """The author is asked for more; until the answer comes the clocks are held. Raises NoReason, NotNow."""
    if not (question := question.strip()):
        raise NoReason
    with doing(opinion, by=by, at=at, edition=edition, **kept(opinion)) as work:
        for handover in work.case.handovers.running():
            if not handover.pauses.filter(ended_on__isnull=True).exists():
                Pause.objects.create(handover=handover, began_on=day_of(at))
                settling.clocks.set_due(handover)
        work.tell("opinions.more_asked", texts={"question": question})


def go_on(opinion: Opinion, *, at: datetime) -> None:
    """No answer came in the days that there were: the clocks run on. Done by the schedule. Raises NotNow."""
    with doing(opinion, by=None, at=at) as work:
        for handover in work.case.handovers.running():
            if handover.pauses.filter(ended_on__isnull=True).update(ended_on=day_of(at)):
                settling.clocks.set_due(handover)
        work.tell("opinions.more_overdue")


def place(
    opinion: Opinion,
    *,
    region: Region,
    subject: str,
    title: str,
    spot: str = "",
    by: UUID,
    at: datetime,
    edition: int | None = None,
) -> None:
    """Where it is, what it is about, and what it is called in lists. Raises NotNow."""
    with doing(opinion, by=by, at=at, edition=edition) as work:
        work.case.region = region
        lacks = region.level not in (Level.VILLAGE, Level.GRID)
        facts = {"subject": subject, "title": title.strip()[:60] or opinion.title, "spot": spot, "lacks_place": lacks}
        Opinion.objects.filter(pk=opinion.pk).update(**facts)
        search.reindex(opinion.pk)
        work.tell("opinions.placed")


def hide(opinion: Opinion, reason: str, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """Nobody but staff and deputies see it any more. Raises NoReason, NotNow."""
    if not (reason := reason.strip()):
        raise NoReason
    with doing(opinion, by=by, at=at, edition=edition, **kept(opinion)) as work:
        Opinion.objects.filter(pk=opinion.pk).update(visibility=Visibility.STAFF, is_public=False, shown_name="")
        work.tell("opinions.hidden", texts={"reason": reason})


def see_privacy(opinion: Opinion, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """Somebody has looked for what gives people away, and what stands there now may be read by whom it is for."""
    with doing(opinion, by=by, at=at, edition=edition, **kept(opinion)) as work:
        opinion.privacy = Privacy.SEEN
        Opinion.objects.filter(pk=opinion.pk).update(privacy=Privacy.SEEN)
        if work.case.stage != Stage.RECEIVED:
            show(opinion)
        work.tell("opinions.privacy_seen")


def redact(
    opinion: Opinion, words: Sequence[str], reason: str, *, by: UUID, at: datetime, edition: int | None = None
) -> int:
    """Each of `words` is hidden wherever it stands in the text that others read; the words as told are kept.

    How many places it acted on. Raises NoReason, NothingFound for words that do not stand there, NotNow.
    """
    if not (reason := reason.strip()):
        raise NoReason
    with doing(opinion, by=by, at=at, edition=edition, **kept(opinion)) as work:
        opinion.refresh_from_db(fields=["text", "title"])
        count, text, title = 0, opinion.text, opinion.title
        for hidden in sorted({word.strip() for word in words} - {""}, key=len, reverse=True):
            here = text.count(hidden)
            if not here:
                raise NothingFound(hidden)
            count, text, title = count + here, text.replace(hidden, HIDDEN), title.replace(hidden, HIDDEN)
        facts = {"text": text, "title": title, "is_redacted": True, "privacy": Privacy.SEEN}
        Opinion.objects.filter(pk=opinion.pk).update(**facts)
        opinion.text, opinion.title, opinion.is_redacted, opinion.privacy = text, title, True, Privacy.SEEN
        if work.case.stage != Stage.RECEIVED:
            show(opinion)
        search.reindex(opinion.pk)
        work.tell("opinions.redacted", facts={"count": count}, texts={"reason": reason})
    return count


def list_for_meeting(opinion: Opinion, on: date, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """It goes on the list of a day's joint meeting: until then it lies with the meeting. Raises NotNow."""
    with doing(opinion, by=by, at=at, stages=SORTING, edition=edition, **kept(opinion)) as work:
        holder = _sorter(work)
        holder.end(Handover.Ending.DONE, at=at)
        party = ("body", work.case.body_id)
        listed = work.hand(Role.MEETING, party, "opinions_assign")
        Handover.objects.filter(pk=listed.pk).update(span="", due_on=on)
        work.case.stage = Stage.ACCEPTED
        show(opinion)
        work.tell("opinions.listed", facts={"on": on})


def pass_up(opinion: Opinion, body_id: UUID, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """Another office sorts it from now on: the township's, or the county's. Raises NotNow."""
    with doing(opinion, by=by, at=at, stages=SORTING, edition=edition, **kept(opinion)) as work:
        holder = _sorter(work)
        holder.end(Handover.Ending.PASSED_ON, at=at)
        clock = "opinions_sort" if work.case.stage == Stage.RECEIVED else "opinions_assign"
        work.hand(Role(holder.role) if holder.role != Role.MEETING else Role.ASSIGN, ("body", body_id), clock)
        work.case.body_id = body_id
        work.tell("opinions.handed_to_body", holders=[("body", body_id)])


def merge(opinion: Opinion, into: Opinion, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """It is handled as part of another matter; its author keeps code, text and an answer of their own.

    Never across visibility, never a complaint. Raises MergesIntoItself, MergeAcrossVisibility, NotNow.
    """
    with transaction.atomic():
        if into.case_id == opinion.case_id:
            raise MergesIntoItself(into.case.number)
        _hold_both(opinion, into)
        with doing(into, by=by, at=at) as target:
            if target.case.merged_into_id:
                raise MergesIntoItself(into.case.number)
            if _is_private(opinion) != _is_private(into):
                raise MergeAcrossVisibility
            with doing(opinion, by=by, at=at, stages=SORTING, edition=edition) as work:
                settling.close(work.case, Case.Ending.MERGED, at=at)
                work.case.merged_into = target.case
                Case.objects.filter(merged_into=work.case).update(merged_into=target.case)
                Opinion.objects.filter(pk=opinion.pk).update(is_public=False)
                work.tell("opinions.merged", facts={"into": into.pk})
            target.case.voices += opinion.case.voices
            target.tell("opinions.joined", facts={"joined": opinion.pk})


def split(opinion: Opinion, *, by: UUID, at: datetime) -> None:
    """It is a matter of its own again, and the office says who handles it. Raises NotMerged."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=opinion.case_id)
        if case.merged_into_id is None or case.merged_into is None:
            raise NotMerged(case.number)
        was = case.merged_into
        with doing(opinion, by=by, at=at, stages=(Stage.ENDED,)) as work:
            work.case.merged_into = None
            work.case.stage, work.case.ending, work.case.ended_at = Stage.ACCEPTED, "", None
            work.hand(Role.ASSIGN, ("body", work.case.body_id), "opinions_assign")
            show(opinion)
            work.tell("opinions.split", facts={"from_": Opinion.objects.get(case=was).pk})
        Case.objects.filter(pk=was.pk).update(voices=was.voices - case.voices)


def undo(step_id: UUID, *, by: UUID, at: datetime) -> Opinion:
    """Take one's last step back, within the minute and before anything else was done. Raises NothingToUndo."""
    with transaction.atomic():
        case, was, annulled = undoing.undo(step_id, by=by, at=at, reason=_("点错了，当即撤销"))
        saying.take_back(annulled)
        if was:
            Opinion.objects.filter(case=case).update(**was)
            search.put_in(Opinion.objects.select_related("case").filter(case=case))
    return Opinion.objects.with_case().get(case=case)


def kept(opinion: Opinion) -> dict[str, object]:
    """What taking a step back puts back on the opinion itself."""
    return dict(Opinion.objects.filter(pk=opinion.pk).values(*COLUMNS).get())


def show(opinion: Opinion) -> None:
    """It stands in public from now on, where its author agreed and nobody is given away by it."""
    may = Opinion.objects.filter(pk=opinion.pk, complains_of_kind="").exclude(visibility=Visibility.STAFF)
    may.exclude(privacy=Privacy.FOUND).update(is_public=True)


def _sorter(work: Doing) -> Handover:
    """The office's own handover that runs."""
    return work.case.handovers.running().get(role__in=Handover.OFFICES)


def _is_private(opinion: Opinion) -> bool:
    return opinion.visibility == Visibility.STAFF


def _hold_both(one: Opinion, other: Opinion) -> None:
    """Hold two cases in one order, so that two who merge crosswise do not wait for each other."""
    list(Case.objects.select_for_update().filter(pk__in=[one.case_id, other.case_id]).order_by("pk"))
