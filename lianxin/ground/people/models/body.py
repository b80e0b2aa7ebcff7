"""Congresses and what they form: committees, presidiums, delegations, groups, offices."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.clock import day_of
from lianxin.ground.core.events import Entry, Party, Ref, record, record_all
from lianxin.ground.core.models import Platform, Record
from lianxin.ground.people.errors import bodies, terms
from lianxin.ground.people.models.dated import Dated, DatedQuerySet
from lianxin.ground.people.models.region import Region

if TYPE_CHECKING:
    from lianxin.ground.people.models.person import Person


AHEAD = timedelta(days=366)
"""How far ahead a term or a session may be recorded: it is known by then that it comes."""


class CongressLevel(models.TextChoices):
    """代表级别 The five levels of congresses (Organic Law of local congresses; Law on Deputies, art. 2)."""

    NATIONAL = "national", _("全国")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")


class BodyQuerySet(DatedQuerySet["Body"]):
    """Questions asked of bodies."""

    def visible_to(self, user: Any) -> Self:
        """Everybody may see every body."""
        return self

    def congresses(self) -> Self:
        """The congresses alone."""
        return self.filter(kind="congress")


class Body(Record, Dated):
    """机构 A congress, or something it forms. Which kinds there are, and what they are called here, the preset says."""

    kind = models.CharField(_("种类"), max_length=40)
    name = models.CharField(_("名称"), max_length=80)
    level = models.CharField(_("级别"), max_length=8, choices=CongressLevel.choices, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="bodies", verbose_name=_("地方"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", verbose_name=_("上级机构"))
    position = models.IntegerField(_("次序"), default=0)

    objects = BodyQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("机构")
        indexes = [models.Index(fields=["parent", "kind", "position"], name="body_parts")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("people:body", args=[self.pk])

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """It lies in itself, in the body that formed it, and in its place with those around it (read beforehand)."""
        yield "body", self.id
        if self.parent_id:
            yield "body", self.parent_id
        if self.region:
            yield from self.region.access_scopes()

    def form(self, kind: str, name: str, *, on: date, by: UUID | None, at: datetime) -> "Body":
        """This body forms another. Raises BodyThere where one of that name runs already."""
        with transaction.atomic():
            Body.objects.select_for_update().get(pk=self.pk)
            if self.parts.filter(name=name, ends_on__isnull=True).exists():
                raise bodies.BodyThere(name)
            body = Body.objects.create(
                kind=kind, name=name, parent=self, region=self.region, level=self.level, starts_on=on
            )
            body._tell("people.body_founded", by, at, facts={"kind": kind})
        return body

    def close(self, *, on: date, by: UUID | None, at: datetime) -> None:
        """The body is no more after the day `on`; its members leave, and the one event counts for each; its districts end.

        Raises BodyEnded, BodyHasParts, BodyHasDeputies, DaysReversed.
        """
        with transaction.atomic():
            Body.objects.select_for_update().get(pk=self.pk)
            if part := self.parts.filter(ends_on__isnull=True).first():
                raise bodies.BodyHasParts(self, part)
            if held := self.mandates.filter(ends_on__isnull=True).select_related("person").first():
                raise bodies.BodyHasDeputies(self, held)
            if Body.objects.filter(pk=self.pk).end(on) != 1:
                raise bodies.BodyEnded(self)
            sat = self.memberships.filter(ends_on__isnull=True)
            members = list(sat.order_by("person").values_list("person", flat=True).distinct())
            self.memberships.end(on)
            self.terms.end(on)
            for district in self.districts.filter(ends_on__isnull=True):
                district.close(on=on, by=by, at=at)
            self._tell("people.body_closed", by, at, facts={"on": on}, members=members)

    def rename(self, name: str, *, on: date, by: UUID | None, at: datetime) -> None:
        """From the day `on` it is called `name`; the record keeps both names. Raises BodyEnded, BodyNameKept, BodyThere."""
        name = name.strip()
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Body.objects.select_for_update())
            if self.ends_on:
                raise bodies.BodyEnded(self)
            if not name or name == self.name:
                raise bodies.BodyNameKept(self)
            siblings = Body.objects.filter(parent=self.parent_id, name=name, ends_on__isnull=True)
            if siblings.exclude(pk=self.pk).exists():
                raise bodies.BodyThere(name)
            before, self.name = self.name, name
            self.save(update_fields=["name"])
            self._tell("people.body_renamed", by, at, facts={"on": on}, texts={"before": before, "after": name})

    def take_in(self, person: "Person", role: str, *, on: date, by: UUID | None, at: datetime) -> "Membership":
        """Somebody becomes a member from the day `on`. Raises BodyEnded, MemberAlready."""
        with transaction.atomic():
            if not Body.objects.select_for_update().filter(pk=self.pk, ends_on__isnull=True).exists():
                raise bodies.BodyEnded(self)
            if self.memberships.filter(person=person, role=role, ends_on__isnull=True).exists():
                raise bodies.MemberAlready(person, self)
            membership = Membership.objects.create(body=self, person=person, role=role, starts_on=on)
            self._tell("people.joined", by, at, facts={"role": role}, members=[person.pk])
        return membership

    def hold_session(self, number: int, *, starts_on: date, ends_on: date, by: UUID | None, at: datetime) -> "Session":
        """The next session of the running term.

        Raises NoRunningTerm, SessionReversed, SessionThere, SessionNumberSkips, SessionOutsideTerm, SessionsMeet,
        DayTooFar.
        """
        with transaction.atomic():
            term = self.terms.select_for_update().filter(ends_on__isnull=True).first()
            if term is None:
                raise terms.NoRunningTerm(self)
            term.must_be_next(number)
            session = Session(term=term, number=number, starts_on=starts_on, ends_on=ends_on)
            session.must_fit(day_of(at))
            session.save()
            self._tell("people.session_held", by, at, facts={"term": term.number, "number": number, "on": starts_on})
        return session

    def _tell(
        self, kind: str, by: UUID | None, at: datetime, *,
        facts: dict[str, Any], members: Iterable[UUID] = (), texts: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        parties = [Party("person", member, "member") for member in members]
        subject = Ref("body", self.id)
        record(kind, subject=subject, by=by, at=at, body=self.id, parties=parties, facts=facts, texts=texts or {})


class Term(Record, Dated):
    """届 One term of a congress: five years from its first session to the next congress's first (Law on Deputies, art. 2)."""

    congress = models.ForeignKey(Body, models.PROTECT, related_name="terms", verbose_name=_("人民代表大会"))
    number = models.IntegerField(_("届次"))

    objects = DatedQuerySet["Term"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("届")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["congress", "number"], name="term_number_stands_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="term_number_counts_from_one"),
        ]

    def __str__(self) -> str:
        return str(_("第%(number)s届") % {"number": self.number})

    def must_be_next(self, number: int) -> None:
        """Whether a session may have this number: the next one, or the first.

        Of a term that was under way when the platform was set up, the first one recorded may have any. Raises
        SessionThere, SessionNumberSkips.
        """
        if self.sessions.filter(number=number).exists():
            raise terms.SessionThere(self, number)
        last, platform = self.sessions.order_by("-number").first(), Platform.current()
        if last is None and platform and (self.starts_on is None or self.starts_on < day_of(platform.created_at)):
            return
        if number != (expected := last.number + 1 if last else 1):
            raise terms.SessionNumberSkips(self, number, expected)


class Session(Record, Dated):
    """会议 One session of a term (第×次会议)."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="sessions", verbose_name=_("届"))
    number = models.IntegerField(_("次"))

    objects = DatedQuerySet["Session"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("会议")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["term", "number"], name="session_number_stands_once"),
        ]

    def __str__(self) -> str:
        return str(_("第%(number)s次会议") % {"number": self.number})

    def must_fit(self, day: date) -> None:
        """Whether its days lie within its term, between the sessions around it, and no year after `day`.

        Raises SessionReversed, SessionOutsideTerm, SessionsMeet, DayTooFar.
        """
        assert self.starts_on is not None, "a session has a first day"
        assert self.ends_on is not None, "a session has a last day"
        if self.ends_on < self.starts_on:
            raise terms.SessionReversed
        first, last = self.term.starts_on or date.min, self.term.ends_on or date.max
        if self.starts_on < first or self.ends_on > last:
            raise terms.SessionOutsideTerm(self.term)
        others = self.term.sessions.exclude(pk=self.pk)
        before, after = Q(number__lt=self.number), Q(number__gt=self.number)
        if meeting := others.filter(
            before & Q(ends_on__gte=self.starts_on) | after & Q(starts_on__lte=self.ends_on)
        ).first():
            raise terms.SessionsMeet(meeting)
        if self.starts_on > day + AHEAD:
            raise terms.DayTooFar(self.starts_on)

    def amend(self, *, starts_on: date, ends_on: date, by: UUID | None, at: datetime) -> None:
        """It met on other days than was recorded, or met longer. Raises what `must_fit` raises."""
        if (starts_on, ends_on) == (self.starts_on, self.ends_on):
            return
        with transaction.atomic():
            Term.objects.select_for_update().get(pk=self.term_id)
            mended = Session(pk=self.pk, term=self.term, number=self.number, starts_on=starts_on, ends_on=ends_on)
            mended.must_fit(day_of(at))
            Session.objects.filter(pk=self.pk).update(starts_on=starts_on, ends_on=ends_on)
            self.starts_on, self.ends_on = starts_on, ends_on
            facts = {"term": self.term.number, "number": self.number, "on": starts_on, "until": ends_on}
            self.term.congress._tell("people.session_changed", by, at, facts=facts)

    def withdraw(self, *, by: UUID | None, at: datetime) -> None:
        """It was recorded by mistake: the row goes, the record keeps that it stood. Raises SessionNotLast."""
        with transaction.atomic():
            Term.objects.select_for_update().get(pk=self.term_id)
            if self.term.sessions.order_by("-number").first() != self:
                raise terms.SessionNotLast(self)
            facts = {"term": self.term.number, "number": self.number, "on": self.starts_on}
            Session.objects.filter(pk=self.pk).delete()
            self.term.congress._tell("people.session_withdrawn", by, at, facts=facts)


class Membership(Record, Dated):
    """成员 A person in a body, in a role, from one day to another. Which roles there are the preset says."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships", verbose_name=_("机构"))
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="memberships", verbose_name=_("人员"))
    role = models.CharField(_("职务"), max_length=40)

    objects = DatedQuerySet["Membership"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("成员")
        indexes = [
            models.Index(fields=["body", "role", "person"], name="membership_of_body"),
            models.Index(fields=["person", "body"], name="membership_of_person"),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "person", "role"], condition=Q(ends_on__isnull=True), name="membership_runs_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role}"

    @classmethod
    def begin_all(cls, memberships: Sequence["Membership"], *, by: UUID | None, at: datetime) -> None:
        """Persons become members, as `Body.take_in` has one become it, but of bodies known to run, and new to each.

        Call inside a transaction. Two statements, however many there are.
        """
        cls.objects.bulk_create(memberships, batch_size=500)
        record_all([one._joining(by, at) for one in memberships])

    def _joining(self, by: UUID | None, at: datetime) -> Entry:
        return Entry(
            "people.joined",
            subject=Ref("body", self.body_id),
            by=by,
            at=at,
            body=self.body_id,
            parties=[Party("person", self.person_id, "member")],
            facts={"role": self.role},
        )

    def leave(self, *, on: date, by: UUID | None, at: datetime) -> None:
        """The member leaves with the day `on`. Raises MemberGone, DaysReversed."""
        with transaction.atomic():
            if Membership.objects.filter(pk=self.pk).end(on) != 1:
                raise bodies.MemberGone(self.person, self.body)
            self.body._tell("people.left", by, at, facts={"role": self.role}, members=[self.person_id])

    def strike(self, *, by: UUID | None, at: datetime) -> None:
        """It was a mistake, mended before anybody sat a day: the row goes, the record keeps that somebody came and left."""
        with transaction.atomic():
            if not Membership.objects.filter(pk=self.pk, ends_on__isnull=True).delete()[0]:
                raise bodies.MemberGone(self.person, self.body)
            self.body._tell("people.left", by, at, facts={"role": self.role}, members=[self.person_id])
