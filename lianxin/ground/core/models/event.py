"""The record: one table that only grows, and what belongs to each of its rows."""

import hashlib
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lianxin.ground.core.models.record import Record


class EventQuerySet(models.QuerySet["Event"]):
    """Questions asked of the record."""

    def standing(self) -> "EventQuerySet":
        """Events that no other event annuls."""
        return self.exclude(Exists(Event.objects.filter(of=OuterRef("pk"), effect=Event.Effect.ANNULS)))

    def counting(self) -> "EventQuerySet":
        """Events that count: standing, and confirmed where their kind must be checked (rules.md, state of a fact)."""
        confirmed = Exists(Event.objects.standing().filter(of=OuterRef("pk"), effect=Event.Effect.CONFIRMS))
        return self.standing().filter(Q(must_be_checked=False) | confirmed)

    def about(self, kind: str, id: Any) -> "EventQuerySet":
        """Events whose subject is this thing."""
        return self.filter(subject_kind=kind, subject_id=id)

    def of_party(self, kind: str, id: Any) -> "EventQuerySet":
        """Events that count for this party."""
        return self.filter(parties__kind=kind, parties__party_id=id)

    def newest_first(self) -> "EventQuerySet":
        """In the order they happened, latest first; the id decides among equals."""
        return self.order_by("-happened_at", "-id")


class Event(Record):
    """事件 One fact, recorded once, where it happened. Never changed, never deleted: an error is annulled by another event."""

    class Effect(models.TextChoices):
        """What an event says of another one."""

        NONE = "", _("无")
        ANNULS = "annuls", _("撤销")
        CONFIRMS = "confirms", _("核实")
        REFUSES = "refuses", _("不予核实")

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
    must_be_checked = models.BooleanField(_("须经核实"), default=False)
    of = models.ForeignKey("self", models.PROTECT, null=True, related_name="said_of", verbose_name=_("所指事件"))
    effect = models.CharField(_("作用"), max_length=8, choices=Effect.choices, blank=True, default="")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("事件")
        indexes = [
            models.Index(
                F("subject_kind"), F("subject_id"), F("happened_at").desc(), F("id").desc(), name="event_timeline"
            ),
            models.Index(fields=["body_id", "recorded_on", "id"], name="event_sealing"),
            models.Index(fields=["kind", "body_id", "happened_on"], name="event_counting"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["of"], condition=Q(effect="annuls"), name="event_is_annulled_once"),
            models.CheckConstraint(
                name="event_effect_names_an_event",
                condition=Q(effect="", of__isnull=True) | (~Q(effect="") & Q(of__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


class EventParty(models.Model):
    """归属 For whom an event counts: party, role and share. Sums, absences and ratings are all read from here."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="parties")
    kind = models.CharField(_("主体种类"), max_length=32)
    party_id = models.UUIDField(_("主体"))
    role = models.CharField(_("角色"), max_length=32)
    share_of = models.IntegerField(_("份额分子"), default=1)
    share_in = models.IntegerField(_("份额分母"), default=1)
    happened_on = models.DateField(_("发生日期"))

    class Meta:
        verbose_name = _("事件归属")
        indexes = [models.Index(fields=["kind", "party_id", "happened_on", "event"], name="party_timeline")]
        constraints = [
            models.UniqueConstraint(fields=["event", "kind", "party_id", "role"], name="party_stands_once_in_a_role"),
            models.CheckConstraint(
                name="party_share_is_a_share",
                condition=Q(share_of__gte=0, share_in__gte=1, share_of__lte=F("share_in")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.role}"


class EventMeasure(models.Model):
    """计量 A number of the event, as an integer count of the smallest step of its unit: half-day, fen, thousandth."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="measures")
    name = models.CharField(_("名目"), max_length=32)
    unit = models.CharField(_("单位"), max_length=16)
    count = models.BigIntegerField(_("数"))

    class Meta:
        verbose_name = _("事件计量")
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="measure_stands_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.count} {self.unit}"


class EventText(models.Model):
    """文字 Free text of an event. Erasing the row takes text and salt away; the event keeps the salted hash, and the chain stays whole."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="texts")
    name = models.CharField(_("名目"), max_length=32)
    text = models.TextField(_("文字"))
    salt = models.BinaryField(_("盐"), max_length=16)

    class Meta:
        verbose_name = _("事件文字")
        constraints = [models.UniqueConstraint(fields=["event", "name"], name="text_stands_once")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def salted_hash(salt: bytes, text: str) -> str:
        """SHA-256 of salt and text, in hex: what the event keeps in `facts` under `text:<name>`."""
        return hashlib.sha256(salt + text.encode()).hexdigest()
