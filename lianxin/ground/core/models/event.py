"""The record: one table that only grows, and what belongs to each of its rows. docs/record.md tells how it works."""

from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models.record import Grown, GrownQuerySet, Record


class Effect(models.TextChoices):
    """What an event says of another one."""

    NONE = "", _("无")
    ANNULS = "annuls", _("撤销")
    CONFIRMS = "confirms", _("核实")
    REFUSES = "refuses", _("不予核实")
    REDACTS = "redacts", _("删去文字")


SAID_OF = (Effect.ANNULS, Effect.CONFIRMS, Effect.REFUSES)  # what changes how an event stands in a timeline


class EventQuerySet(GrownQuerySet):
    """Questions asked of the record."""

    def standing(self) -> "EventQuerySet":
        """Events that no other event annuls."""
        return self.exclude(Exists(Event.objects.filter(of=OuterRef("pk"), effect=Effect.ANNULS)))

    def counting(self) -> "EventQuerySet":
        """Events that count: standing, not refused, and confirmed as often as they need (rules.md, state of a fact)."""
        said = Event.objects.standing().filter(of=OuterRef("pk"))
        confirmed_by = said.filter(effect=Effect.CONFIRMS).values("of").values(people=Count("by_id", distinct=True))
        enough = Q(checks_needed__lte=Coalesce(Subquery(confirmed_by), 0))
        refused = Exists(said.filter(effect=Effect.REFUSES))
        return self.standing().filter(Q(checks_needed=0) | (enough & ~Q(refused)))

    def with_said(self) -> "EventQuerySet":
        """Each with whether something was said of it, as `is_spoken_of`: annulled, confirmed, refused."""
        said = Event.objects.filter(of=OuterRef("pk"), effect__in=SAID_OF)
        return self.annotate(is_spoken_of=Exists(said))

    def about(self, kind: str, id: UUID) -> "EventQuerySet":
        """Events whose subject is this thing."""
        return self.filter(subject_kind=kind, subject_id=id)


class Event(Grown, Record):
    """事件 One fact, recorded once, where it happened. Never changed, never deleted: an error is annulled by another event."""

    Effect = Effect

    kind = models.CharField(_("种类"), max_length=64)
    subject_kind = models.CharField(_("对象种类"), max_length=32)
    subject_id = models.UUIDField(_("对象"))
    by_id = models.UUIDField(_("经手人"), null=True)
    happened_at = models.DateTimeField(_("发生时间"))
    recorded_at = models.DateTimeField(_("记录时间"))
    happened_on = models.DateField(_("发生日期"))
    recorded_on = models.DateField(_("记录日期"))
    body_id = models.UUIDField(_("所属机构"), null=True)
    county = models.CharField(_("县区代码"), max_length=12, blank=True)
    township = models.CharField(_("乡镇街道代码"), max_length=12, blank=True)
    village = models.CharField(_("村社区代码"), max_length=12, blank=True)
    facts = models.JSONField(_("事实"), default=dict)
    rule_version = models.CharField(_("规则版本"), max_length=64, blank=True)
    checks_needed = models.SmallIntegerField(_("须核实次数"), default=0)
    of = models.ForeignKey(
        "self", models.PROTECT, null=True, db_index=False, related_name="said_of", verbose_name=_("所指事件")
    )
    effect = models.CharField(_("作用"), max_length=8, choices=Effect.choices, blank=True, default=Effect.NONE)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("事件")
        indexes = [
            models.Index(fields=["subject_id", "happened_at", "id"], name="event_timeline"),
            models.Index(fields=["recorded_on", "body_id", "id"], name="event_sealing"),
            models.Index(fields=["kind", "happened_on", "checks_needed", "id"], name="event_counting"),
            models.Index(fields=["by_id", "id"], name="event_by"),
            models.Index(fields=["of", "effect"], condition=Q(of__isnull=False), name="event_said_of"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["of"], condition=Q(effect="annuls"), name="event_is_annulled_once"),
            models.CheckConstraint(
                name="event_effect_names_an_event",
                condition=Q(effect="", of__isnull=True) | (~Q(effect="") & Q(of__isnull=False)),
            ),
            models.CheckConstraint(name="event_checks_are_few", condition=Q(checks_needed__range=(0, 9))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


class EventParty(Grown):
    """归属 For whom an event counts: party, role and share. Sums, absences and ratings are all read from here."""

    pk = models.CompositePrimaryKey("event_id", "kind", "party_id", "role")
    event = models.ForeignKey(Event, models.PROTECT, db_index=False, related_name="parties")
    kind = models.CharField(_("主体种类"), max_length=32)
    party_id = models.UUIDField(_("主体"))
    role = models.CharField(_("角色"), max_length=32)
    share_of = models.IntegerField(_("份额分子"), default=1)
    share_in = models.IntegerField(_("份额分母"), default=1)
    happened_at = models.DateTimeField(_("发生时间"))

    objects = GrownQuerySet.as_manager()

    class Meta:
        verbose_name = _("事件归属")
        indexes = [models.Index(fields=["party_id", "happened_at", "event"], name="party_timeline")]
        constraints = [
            models.CheckConstraint(
                name="party_share_is_a_share",
                condition=Q(share_of__gte=0, share_in__gte=1, share_of__lte=F("share_in")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.role}"


class EventMeasure(Grown):
    """计量 A number of the event, as an integer count of the smallest step of its unit: half-day, fen, thousandth."""

    pk = models.CompositePrimaryKey("event_id", "name")
    event = models.ForeignKey(Event, models.PROTECT, db_index=False, related_name="measures")
    name = models.CharField(_("名目"), max_length=32)
    unit = models.CharField(_("单位"), max_length=16)
    count = models.BigIntegerField(_("数"))

    objects = GrownQuerySet.as_manager()

    class Meta:
        verbose_name = _("事件计量")

    def __str__(self) -> str:
        return f"{self.name} {self.count} {self.unit}"


class EventText(models.Model):
    """文字 Free text of an event. Redacting takes the row away, text and salt; the event keeps the salted hash, and the chain stays whole."""

    SALT_BYTES = 16

    pk = models.CompositePrimaryKey("event_id", "name")
    event = models.ForeignKey(Event, models.PROTECT, db_index=False, related_name="texts")
    name = models.CharField(_("名目"), max_length=32)
    text = models.TextField(_("文字"))
    salt = models.BinaryField(_("盐"), max_length=SALT_BYTES)

    class Meta:
        verbose_name = _("事件文字")

    def __str__(self) -> str:
        return self.name
