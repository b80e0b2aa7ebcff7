"""What the author does: tell, add, correct, withdraw; and others who met the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lianxin.affairs.opinions import additions, codes, erasing, search, voices
from lianxin.affairs.opinions.actions import judging
from lianxin.affairs.opinions.doing import Role, Stage, doing, matter_of
from lianxin.affairs.opinions.errors import Gone, NameMissing, NothingSaid, StaysWithStaff, TooLong
from lianxin.affairs.opinions.models import Channel, Meeting, Opinion, Privacy, Visibility
from lianxin.affairs.opinions.models.opinion import KIND
from lianxin.affairs.opinions.routing import Complaint, Route, route
from lianxin.affairs.opinions.rules import OpinionRules
from lianxin.affairs.stations.models import Shift, Station
from lianxin.ground.cases import clocks, settling
from lianxin.ground.cases.models import Case, Echo, Rating
from lianxin.ground.core import erasing as core_erasing
from lianxin.ground.core.backups import erasures
from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Party, Ref, record, redact
from lianxin.ground.core.models import Event, EventText
from lianxin.ground.documents import actions as documents
from lianxin.ground.documents import papers
from lianxin.ground.documents.actions import Laid
from lianxin.ground.documents.models import File
from lianxin.ground.messages import actions as messages
from lianxin.ground.people.models import Mandate, Region
from lianxin.ground.people.models.region import Level
from lianxin.ground.rulebook import in_force
from lianxin.ground.vault import actions as vault
from lianxin.ground.vault.models import Cause, Identity
from lianxin.ground.vault.particulars import Particulars
from lianxin.lib.text.cleaning import clean, first_sentence, is_empty
from lianxin.lib.text.private import find

LONGEST = 5_000  # characters: a letter of ten pages
TITLE = 30
PLACED = (Level.VILLAGE, Level.GRID)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What somebody tells. `id` was made where it was written, so that what is sent twice is one.

    `region` is as near as it is known: a village or grid, else a township or the county. `said_on` is the day it was
    said, for what others wrote down later; `shift` the reception at which it was.
    """

    id: UUID
    words: str
    region: Region
    channel: Channel = Channel.ONLINE
    visibility: Visibility = Visibility.UNNAMED
    subject: str = ""
    spot: str = ""
    station: Station | None = None
    shift: Shift | None = None
    mandate: Mandate | None = None
    complaint: Complaint | None = None
    particulars: Particulars = Particulars()
    shown_name: str = ""
    notice_version: str = ""
    said_on: date | None = None
    title: str = ""


def tell(telling: Telling, *, by: UUID | None, at: datetime) -> Opinion:
    """An opinion is received. Sent twice, it is the one that was received first, whatever the second says.

    `by` is who wrote it down for somebody else; None where the author did. Raises NothingSaid, TooLong, NobodyThere.
    """
    words = clean(telling.words)
    if is_empty(words):
        raise NothingSaid
    if len(words) > LONGEST:
        raise TooLong(LONGEST)
    if Opinion.objects.filter(pk=telling.id).exists():
        return Opinion.objects.with_case().get(pk=telling.id)
    way = route(
        telling.region,
        day_of(at),
        station=telling.station,
        mandate=None if telling.channel == Channel.IMPORTED else telling.mandate,  # who heard it then is not asked anew
        complaint=telling.complaint,
    )
    try:
        with transaction.atomic():
            return _receive(telling, words, way, by, at)
    except IntegrityError:
        if known := Opinion.objects.with_case().filter(pk=telling.id).first():
            return known  # the same one came in by another line at the same moment
        raise


def _receive(telling: Telling, words: str, way: Route, by: UUID | None, at: datetime) -> Opinion:
    preset = in_force(day_of(at), way.body.pk)
    rules = preset.section(OpinionRules)
    case = settling.open_case(
        way.holder,
        way.role,
        span=way.days(preset).chinese(),
        at=at,
        rule_version=preset.version,
        kind=KIND,
        number=Case.take_number(rules.prefix or "", day_of(at)),
        body=way.body,
        region=telling.region,
        stage=Stage.HANDLING if way.role == Role.ANSWER else Stage.RECEIVED,
    )
    event = _told(telling, words, way, case, by, at, preset.version)
    opinion = _row(telling, words, case, event, by, at)
    opinion.save(force_insert=True)
    search.add(opinion)
    if telling.particulars:
        around = [] if telling.complaint else telling.region.path_ids
        vault.keep(opinion.pk, telling.particulars, by=by, at=at, body=way.body.pk, places=around)
    return opinion


def _told(telling: Telling, words: str, way: Route, case: Case, by: UUID | None, at: datetime, version: str) -> Event:
    """The event. It counts for the station and the deputy it came to; a complaint counts for nobody."""
    parties = []
    if not telling.complaint:
        parties += [Party("station", telling.station.pk, "station")] if telling.station else []
        parties += [telling.mandate.party("deputy")] if telling.mandate else []
    return record(
        "opinions.told",
        subject=Ref("opinion", telling.id),
        by=by,
        at=at,
        body=way.body.pk,
        place=telling.region.place(),
        parties=parties,
        facts={"channel": telling.channel, "visibility": telling.visibility},
        texts={"words": words},
        rule_version=version,
    )


def _row(telling: Telling, words: str, case: Case, event: Event, by: UUID | None, at: datetime) -> Opinion:
    complaint = telling.complaint
    series = _free_series(telling.id)
    return Opinion(
        id=telling.id,
        case=case,
        told=event,
        code_series=series,
        code_mark=codes.mark_of(codes.code_of(telling.id, series)),
        title=_title(telling.title) or first_sentence(words, TITLE, besides=find),
        text=words,
        subject=telling.subject,
        channel=telling.channel,
        visibility=Visibility.STAFF if complaint else telling.visibility,
        shown_name=clean(telling.shown_name)[:40] if telling.visibility == Visibility.NAMED and not complaint else "",
        privacy=Privacy.FOUND if find(words) else Privacy.CLEAR,
        lacks_place=telling.region.level not in PLACED,
        spot=clean(telling.spot)[:80],
        station=None if complaint else telling.station,  # it goes past them, and stands in no list of theirs
        shift=None if complaint else telling.shift,
        mandate=None if complaint else telling.mandate,
        complains_of_kind=complaint.kind if complaint else "",
        complains_of_id=complaint.id if complaint else None,
        entered_by=by,
        said_on=telling.said_on or day_of(at),
        notice_version=telling.notice_version,
        consented_at=at if telling.notice_version else None,
    )


def _free_series(id: UUID) -> int:
    """The first series whose code no other opinion has: once in a million there is one."""
    series = 0
    while Opinion.objects.filter(code_mark=codes.mark_of(codes.code_of(id, series))).exists():
        series += 1
    return series


def reissue_code(opinion: Opinion, *, by: UUID, at: datetime) -> str:
    """Another code for an author who lost theirs; the lost one opens nothing any more."""
    with transaction.atomic():
        held = Opinion.objects.select_for_update().get(pk=opinion.pk)
        held.code_series += 1
        while Opinion.objects.filter(code_mark=codes.mark_of(held.code)).exists():
            held.code_series += 1
        held.code_mark = codes.mark_of(held.code)
        held.save(update_fields=["code_series", "code_mark"])
        subject = Ref("opinion", opinion.pk)
        record("opinions.code_reissued", subject=subject, by=by, at=at, body=opinion.case.body_id)
    return held.code


def add(opinion: Opinion, words: str, *, at: datetime, edition: int | None = None, photos: Sequence[Laid] = ()) -> None:
    """The author adds something, and photos that were laid. Where more was asked, the clock runs on.

    Sent twice, it is said once. Raises NothingSaid, TooLong, NotNow.
    """
    words = _said(words)
    with doing(matter_of(opinion), by=None, at=at, edition=edition) as work:
        work.opinion = opinion
        is_asked = work.case.waits_for == Case.WaitsFor.AUTHOR
        if not is_asked and work.is_again("opinions.more_told", {"words": words}):
            for photo in photos:
                transaction.on_commit(photo.drop, robust=True)
            return
        for handover in work.case.handovers.running():
            if handover.pauses.filter(ended_on__isnull=True).update(ended_on=day_of(at)):
                clocks.set_due(handover)
        for photo in photos:
            owner = Ref("opinion", opinion.pk)
            documents.keep(photo, kind=photo.kind, owner=owner, by=None, at=at, body=work.case.body_id)
        additions.keep(opinion, work.tell("opinions.more_told", texts={"words": words}), words)


def correct(opinion: Opinion, words: str, *, at: datetime, edition: int | None = None) -> None:
    """The author puts something right: what was said before stays beside it. Sent twice, it is said once.

    Raises NothingSaid, TooLong, NotNow.
    """
    words = _said(words)
    with doing(matter_of(opinion), by=None, at=at, edition=edition) as work:
        work.opinion = opinion
        if work.is_again("opinions.corrected", {"words": words}):
            return
        additions.keep(opinion, work.tell("opinions.corrected", texts={"words": words}), words)


def show_to(opinion: Opinion, visibility: str, shown_name: str = "", *, at: datetime) -> None:
    """The author says anew who may see it. What is shut is shut at once; what is opened stands in public once looked at.

    Raises StaysWithStaff for a complaint, NameMissing, Gone.
    """
    visibility, name = Visibility(visibility), clean(shown_name)[:40]
    if opinion.is_complaint and visibility != Visibility.STAFF:
        raise StaysWithStaff
    if visibility == Visibility.NAMED and is_empty(name):
        raise NameMissing
    with doing(opinion, by=None, at=at, stages=tuple(Stage)) as work:
        chosen: dict[str, Any] = {
            "visibility": visibility,
            "shown_name": name if visibility == Visibility.NAMED else "",
        }
        is_so = (opinion.visibility, opinion.shown_name) == (chosen["visibility"], chosen["shown_name"])
        if is_so and work.is_again("opinions.shown_to"):
            return
        chosen |= {"is_public": False} | ({} if visibility == Visibility.STAFF else {"privacy": Privacy.FOUND})
        if Opinion.objects.filter(pk=opinion.pk, erased_at__isnull=True).update(**chosen) != 1:
            raise Gone
        opinion.refresh_from_db(fields=["visibility", "shown_name", "privacy", "is_public"])
        work.tell("opinions.shown_to", facts={"visibility": visibility})


def _title(told: str) -> str:
    """A title as it was given, unless there is not one sign in it that can be read."""
    title = clean(told)[:60]
    return title if any(sign.isalnum() for sign in title) else ""


def withdraw(opinion: Opinion, *, at: datetime) -> None:
    """The author takes it back: name, contact, words and files are destroyed, and nothing more is done for this voice.

    Numbers, days and what offices did remain. Where others said the same and were merged, the matter goes on for them.
    Raises Gone where it was taken back already.
    """
    with transaction.atomic():
        settling.hold_all(opinion.case_id)
        with doing(opinion, by=None, at=at, stages=tuple(Stage)) as work:
            forget_words(opinion, at=at, cause=_("反映人撤回"))
            if Identity.objects.filter(voice_id=opinion.pk).exists():
                vault.erase(opinion.pk, by=None, at=at, cause=Cause.WITHDRAWN)
            messages.forget(opinion.pk)
            Rating.objects.filter(voice_id=opinion.pk, given_at__isnull=True).delete()
            work.tell("opinions.withdrawn")
            voices.recount(work.case)
            if work.case.merged_into_id is None:
                _go_on_without(work.case, at)
        if work.case.merged_into_id:
            with settling.held(work.case.merged_into_id, at=at, stages=tuple(Stage)) as left:
                voices.recount(left)
                _go_on_without(left, at)


def _go_on_without(case: Case, at: datetime) -> None:
    """A voice was taken back: the matter goes on for the others; where there are none, nothing more is to be done."""
    if case.has_ended:
        return
    if Opinion.objects.told_with(case).exists():
        judging.end_when_all_have_rated(case, at)
    else:
        settling.close(case, Case.Ending.WITHDRAWN, at=at)


def forget_words(opinion: Opinion, *, at: datetime, cause: str) -> None:
    """Take the words away for good: as told, as added, as read by others. Raises Gone where they are gone."""
    if (
        Opinion.objects.filter(pk=opinion.pk, erased_at__isnull=True).update(
            text="", title="", spot="", shown_name="", is_public=False, erased_at=at
        )
        != 1
    ):
        raise Gone
    opinion.additions.all().delete()
    search.reindex(opinion.pk)
    erasures.note_after_commit(erasures.Erasure(erasing.KIND, opinion.pk, at))
    core_erasing.forget_after_commit()
    own = Q(name="words") | Q(name="reason", event__kind="opinions.reopened")
    told = EventText.objects.filter(own, event__subject_kind="opinion", event__subject_id=opinion.pk)
    for text in list(told.select_related("event")):
        redact(text.event, text.name, by=None, at=at, reason=cause)
    it = Ref("opinion", opinion.pk)
    for file in File.objects.of(it):
        documents.discard(file, by=None, at=at)
    papers.erase(it, at=at)
    if opinion.shift_id:  # the record of the reception holds its words too, and can be written anew
        papers.erase(Ref("shift", opinion.shift_id), at=at)
    for meeting in Meeting.objects.that_listed(opinion.case_id):  # and so do those of joint meetings
        papers.erase(meeting.own, at=at)
    erasing.forget_elsewhere(opinion, at)


def expire_words(opinion: Opinion, *, at: datetime) -> None:
    """The words were kept as long as the preset says: they go for good. Done by the schedule. Raises Gone."""
    with transaction.atomic():
        forget_words(opinion, at=at, cause=_("保存期满"))
        subject = Ref("opinion", opinion.pk)
        record("opinions.erased", subject=subject, by=None, at=at, body=opinion.case.body_id)


def echo(opinion: Opinion, *, mark: str = "", at: datetime) -> bool:
    """Somebody met the same. `mark` tells one phone from another for this case alone; whether it counted.

    Never across visibility: what is not public, a complaint above all, nobody else can have met.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=opinion.case_id)
        public = Opinion.objects.public().filter(pk=opinion.pk).exists()
        if case.has_ended or not public or (mark and Echo.objects.filter(case=case, mark=mark).exists()):
            return False
        _echo(opinion, case, [mark], at)
    return True


def echo_all(opinion: Opinion, count: int, *, at: datetime) -> None:
    """So many said elsewhere that they met the same; nobody knows who. Nothing where the matter has ended."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=opinion.case_id)
        if count and not case.has_ended:
            _echo(opinion, case, [""] * count, at)


def _echo(opinion: Opinion, case: Case, marks: list[str], at: datetime) -> None:
    Echo.objects.bulk_create([Echo(case=case, mark=mark, said_at=at) for mark in marks], batch_size=500)
    settling.count_voices(case, len(marks))
    facts = {"count": len(marks)}
    subject = Ref("opinion", opinion.pk)
    record("opinions.echoed", subject=subject, by=None, at=at, body=case.body_id, facts=facts)


def _said(words: str) -> str:
    words = clean(words)
    if is_empty(words):
        raise NothingSaid
    if len(words) > LONGEST:
        raise TooLong(LONGEST)
    return words
