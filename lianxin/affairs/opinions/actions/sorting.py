"""What an office does with what came in: take it, ask, decline, hide, redact, merge, split, and take a step back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy

from lianxin.affairs.opinions import saying, search, voices
from lianxin.affairs.opinions.actions import judging
from lianxin.affairs.opinions.doing import Doing, Role, Stage, doing
from lianxin.affairs.opinions.errors import (
    ComplaintGoesUp,
    Gone,
    MergeAcrossVisibility,
    MergesIntoItself,
    NothingFound,
    NotMerged,
)
from lianxin.affairs.opinions.models import Addition, Opinion, Privacy, Visibility
from lianxin.ground.cases import clocks, settling, undoing
from lianxin.ground.cases.errors import HeldAlready, NothingToUndo
from lianxin.ground.cases.models import Case, Handover, Pause, Rating, Step
from lianxin.ground.cases.working import said
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import annul
from lianxin.ground.core.models import Event
from lianxin.ground.people.models import Body, Region
from lianxin.ground.people.models.region import Level

SORTING = (Stage.RECEIVED, Stage.ACCEPTED)
HIDDEN = "▇▇▇"
REASON_OF_UNDO = gettext_lazy("点错了，当即撤销")


def accept(opinion: Opinion, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """It is taken: from now on the office has to say who handles it. Raises NotNow, ChangedMeanwhile."""
    with doing(opinion, by=by, at=at, stages=(Stage.RECEIVED,), edition=edition) as work:
        holder = _sorter(work)
        holder.end(Handover.Ending.DONE, at=at)
        work.hand(Role.ASSIGN, holder.party)
        work.case.stage = Stage.ACCEPTED
        show(opinion)
        work.tell("opinions.accepted")


def decline(opinion: Opinion, cause: str, reason: str, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """It is not taken, for one of the preset's causes, and the author reads why. Raises NoReason, NotNow."""
    reason = said(reason)
    with doing(opinion, by=by, at=at, stages=SORTING, edition=edition) as work:
        settling.close(work.case, Case.Ending.DECLINED, at=at)
        Opinion.objects.filter(pk=opinion.pk).update(is_public=False)
        work.tell("opinions.declined", facts={"cause": cause}, texts={"reason": reason})


def ask_more(opinion: Opinion, question: str, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """The author is asked for more; until the answer comes the clocks are held. Raises NoReason, NotNow."""
    question = said(question)
    stages = (*SORTING, Stage.HANDLING)
    with doing(opinion, by=by, at=at, stages=stages, edition=edition) as work:
        for handover in work.case.handovers.running():
            if not handover.pauses.filter(ended_on__isnull=True).exists():
                Pause.objects.create(handover=handover, began_on=day_of(at))
                clocks.set_due(handover)
        work.tell("opinions.more_asked", texts={"question": question})


def go_on(opinion: Opinion, *, at: datetime) -> None:
    """No answer came in the days that there were: the clocks run on. Done by the schedule. Raises NotNow."""
    with doing(opinion, by=None, at=at) as work:
        for handover in work.case.handovers.running():
            if handover.pauses.filter(ended_on__isnull=True).update(ended_on=day_of(at)):
                clocks.set_due(handover)
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
    reason = said(reason)
    with doing(opinion, by=by, at=at, edition=edition) as work:
        Opinion.objects.filter(pk=opinion.pk).update(visibility=Visibility.STAFF, is_public=False, shown_name="")
        work.tell("opinions.hidden", texts={"reason": reason})


def see_privacy(opinion: Opinion, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """Somebody has looked for what gives people away, and what stands there now may be read by whom it is for."""
    with doing(opinion, by=by, at=at, edition=edition) as work:
        opinion.privacy = Privacy.SEEN
        Opinion.objects.filter(pk=opinion.pk).update(privacy=Privacy.SEEN)
        if work.case.stage != Stage.RECEIVED:
            show(opinion)
        work.tell("opinions.privacy_seen")


def redact(
    opinion: Opinion, words: Sequence[str], reason: str, *, by: UUID, at: datetime, edition: int | None = None
) -> int:
    """Each of `words` is hidden wherever it stands in what others read, added or put right later too; the words as told are kept.

    How many places it acted on. Raises NoReason, NothingFound for words that do not stand there, NotNow.
    """
    reason = said(reason)
    with doing(opinion, by=by, at=at, edition=edition) as work:
        opinion.refresh_from_db(fields=["text", "title"])
        added = list(Addition.objects.filter(opinion=opinion))
        work.kept["added"] = {str(one.pk): one.text for one in added}
        count, text, title = 0, opinion.text, opinion.title
        for hidden in sorted({word.strip() for word in words} - {""}, key=len, reverse=True):
            here = sum(read.count(hidden) for read in (text, *(one.text for one in added)))
            if not here:
                raise NothingFound(hidden)
            count, text, title = count + here, text.replace(hidden, HIDDEN), title.replace(hidden, HIDDEN)
            for one in added:
                one.text = one.text.replace(hidden, HIDDEN)
        Addition.objects.bulk_update(added, ["text"])
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
    with doing(opinion, by=by, at=at, stages=SORTING, edition=edition) as work:
        holder = _sorter(work)
        holder.end(Handover.Ending.DONE, at=at)
        party = ("body", work.case.body_id)
        listed = work.hand(Role.MEETING, party)
        Handover.objects.filter(pk=listed.pk).update(span="", due_on=on)
        work.case.stage = Stage.ACCEPTED
        show(opinion)
        work.tell("opinions.listed", facts={"on": on})


def pass_up(opinion: Opinion, body_id: UUID, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """Another office sorts it from now on: the township's, or the county's. A complaint only goes further up.

    Raises HeldAlready, ComplaintGoesUp, NotNow.
    """
    with doing(opinion, by=by, at=at, stages=SORTING, edition=edition) as work:
        holder, body = _sorter(work), Body.objects.select_related("region").get(pk=body_id)
        if holder.party_id == body_id:
            raise HeldAlready(work.case, body.name)
        if opinion.is_complaint and not _stands_above(body, work.case.body):
            raise ComplaintGoesUp
        holder.end(Handover.Ending.PASSED_ON, at=at)
        work.hand(Role(holder.role) if holder.role != Role.MEETING else Role.ASSIGN, ("body", body_id))
        work.case.body = body
        work.tell("opinions.handed_to_body", holders=[("body", body_id)])


def _stands_above(body: Body, below: Body) -> bool:
    """Whether one body's place lies around the other's."""
    if body.region is None or below.region is None:
        return body.region is None and body.pk != below.pk
    return below.region.path != body.region.path and below.region.path.startswith(body.region.path)


def merge(opinion: Opinion, into: Opinion, *, by: UUID, at: datetime, edition: int | None = None) -> None:
    """It is handled as part of another matter; its author keeps code, text and an answer of their own.

    Where that was answered, its author is asked too how it was. Never across visibility, never a complaint.
    Raises MergesIntoItself, MergeAcrossVisibility, NotNow.
    """
    with transaction.atomic():
        if into.case_id == opinion.case_id:
            raise MergesIntoItself(into.case.number)
        settling.hold_all(opinion.case_id, into.case_id)
        for one in (opinion, into):
            one.refresh_from_db(fields=["visibility", "complains_of_kind", "complains_of_id"])
        if _is_private(opinion) != _is_private(into) or opinion.is_complaint or into.is_complaint:
            raise MergeAcrossVisibility
        with doing(into, by=by, at=at, is_final=True) as target:
            came = list(Opinion.objects.told_with(opinion.case))
            _join(opinion, target, by=by, at=at, edition=edition)
            voices.recount(target.case)
            if target.case.stage == Stage.ANSWERED:
                judging.ask_to_rate(target, target.case.current_round(), [one.pk for one in came])
            target.tell("opinions.joined", facts={"joined": opinion.pk})


def _join(opinion: Opinion, target: Doing, **told: Any) -> None:
    followers = list(Case.objects.filter(merged_into=opinion.case_id).values_list("pk", flat=True))
    parted = {"into": str(target.case.pk), "edition": target.case.edition + 1, "followers": list(map(str, followers))}
    with doing(opinion, stages=SORTING, **told) as work:
        work.kept["parted"] = parted
        settling.close(work.case, Case.Ending.MERGED, at=work.at)
        work.case.merged_into = target.case
        Case.objects.filter(pk__in=followers).update(merged_into=target.case)
        Opinion.objects.filter(pk=opinion.pk).update(is_public=False)
        work.case.save(update_fields=["merged_into", "stage", "ending", "ended_at"])
        voices.recount(work.case)
        work.tell("opinions.merged", facts={"into": target.opinion.pk})


def split(opinion: Opinion, *, by: UUID, at: datetime) -> None:
    """It is a matter of its own again, as far as it was before it was merged, and lies with the office. Raises NotMerged, Gone."""
    with transaction.atomic():
        settling.hold_all(opinion.case_id)
        was = Case.objects.get(pk=opinion.case_id).merged_into
        if was is None:
            raise NotMerged(opinion.case.number)
        if Opinion.objects.filter(pk=opinion.pk, erased_at__isnull=False).exists():
            raise Gone
        with doing(opinion, by=by, at=at, stages=(Stage.ENDED,), is_final=True) as work:
            own_again(work)
            if work.case.stage == Stage.ACCEPTED:
                show(opinion)
            work.tell("opinions.split", facts={"from_": Opinion.objects.get(case=was).pk})
        with settling.held(was.pk, at=at, stages=tuple(Stage)) as left:
            Rating.objects.filter(case=left, voice_id=opinion.pk, given_at__isnull=True).delete()
            voices.recount(left)
            judging.end_when_all_have_rated(left, at)


def own_again(work: Doing) -> None:
    """A merged matter stands by itself again and lies with the office: taken, or new, as before. The caller tells of it."""
    stage, role = (Stage.ACCEPTED, Role.ASSIGN) if was_taken(work.case) else (Stage.RECEIVED, Role.SORT)
    work.case.merged_into = None
    work.case.stage, work.case.ending, work.case.ended_at = stage, "", None
    work.case.save(update_fields=["merged_into", "stage", "ending", "ended_at"])
    voices.recount(work.case)
    work.hand(role, ("body", work.case.body_id))


def was_taken(case: Case) -> bool:
    """Whether the office had taken it, before whatever came since."""
    new = (Role.SORT, Role.ANSWER)
    return case.handovers.exclude(role__in=new).exclude(ending=Handover.Ending.UNDONE).exists()


def undo(step_id: UUID, *, by: UUID, at: datetime) -> Opinion:
    """Take one's last step back, within the minute and before anything else was done. Raises NothingToUndo."""
    with transaction.atomic():
        if step := Step.objects.filter(pk=step_id).first():
            into = step.before["more"].get("parted", {}).get("into")
            settling.hold_all(step.case_id, *([UUID(into)] if into else []))
        case, was, annulled = undoing.undo(step_id, by=by, at=at, reason=str(REASON_OF_UNDO))
        saying.take_back(annulled)
        if parted := was.pop("parted", None):
            _part(case, parted, by, at)
        for pk, text in was.pop("added", {}).items():
            Addition.objects.filter(pk=pk).update(text=text)
        if was:
            Opinion.objects.filter(case=case).update(**was)
            search.put_in(Opinion.objects.select_related("case").filter(case=case))
    return Opinion.objects.with_case().get(case=case)


def _part(case: Case, parted: Mapping[str, Any], by: UUID, at: datetime) -> None:
    """What a merging joined comes apart, as long as nothing was done to the matter that it was joined to."""
    left = Case.objects.get(pk=parted["into"])
    if left.edition != parted["edition"]:
        raise NothingToUndo
    Case.objects.filter(pk__in=parted["followers"]).update(merged_into=case)
    gone = Opinion.objects.told_with(case).values("pk")
    Rating.objects.filter(case=left, voice_id__in=gone, given_at__isnull=True).delete()
    joined = Event.objects.about("opinion", left.opinion.pk).filter(kind="opinions.joined").latest("recorded_at", "id")
    annul(joined, by=by, at=at, reason=str(REASON_OF_UNDO))
    for one in (case, left):
        with settling.held(one.pk, at=at, stages=tuple(Stage)) as changed:
            voices.recount(changed)


def show(opinion: Opinion) -> None:
    """It stands in public from now on, where its author agreed and nobody is given away by it."""
    may = Opinion.objects.filter(pk=opinion.pk, complains_of_kind="", erased_at__isnull=True).exclude(
        visibility=Visibility.STAFF
    )
    may.exclude(privacy=Privacy.FOUND).update(is_public=True)


def _sorter(work: Doing) -> Handover:
    """The office's own handover that runs."""
    return work.case.handovers.running().get(role__in=Handover.OFFICES)


def _is_private(opinion: Opinion) -> bool:
    return opinion.visibility == Visibility.STAFF
