"""People who hold mandates or sit in bodies."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianxin.ground.access.models import User
from lianxin.ground.core.clock import today
from lianxin.ground.core.events import Ref, record
from lianxin.ground.core.models import Record
from lianxin.ground.people.errors.mandates import UserOfAnother
from lianxin.ground.people.pinyin import spell


class PersonQuerySet(models.QuerySet["Person"]):
    """Questions asked of persons."""

    def visible_to(self, user: Any) -> Self:
        """Deputies and members are public: the law publishes who they are (Law on Deputies, art. 58)."""
        return self

    def named_like(self, words: str) -> Self:
        """Persons whose name holds the words, or whose pinyin or initials begin with them."""
        words = words.strip()
        latin = words.lower().replace(" ", "").replace("'", "")
        return self.filter(Q(name__contains=words) | Q(pinyin__begins=latin) | Q(initials__begins=latin))


class Person(Record):
    """人员 Somebody who holds a mandate or sits in a body. The phone is private unless the person agreed to publish it."""

    class Sex(models.TextChoices):
        """As the roster of deputies names it."""

        WOMAN = "f", _("女")
        MAN = "m", _("男")

    name = models.CharField(_("姓名"), max_length=60)
    pinyin = models.CharField(_("拼音"), max_length=120, blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=40, blank=True)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex.choices, blank=True)
    ethnicity = models.CharField(_("民族"), max_length=20, blank=True)
    employer = models.CharField(_("工作单位"), max_length=120, blank=True)
    post = models.CharField(_("职务"), max_length=80, blank=True)
    phone = models.CharField(_("手机"), max_length=20, blank=True)
    is_phone_public = models.BooleanField(_("同意公开手机"), default=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="person", verbose_name=_("用户")
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("人员")
        indexes = [
            models.Index(fields=["name"], name="person_name"),
            models.Index(fields=["pinyin", "id"], name="person_pinyin"),
            models.Index(fields=["initials"], name="person_initials"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The person's page."""
        return reverse("people:person", args=[self.pk])

    def access_scopes(self) -> Iterable[tuple[str, UUID]]:
        """A person lies where the running mandates lie; read them with their congress and its region beforehand."""
        day = today()
        for mandate in self.mandates.all():
            if mandate.holds_on(day):
                yield from mandate.access_scopes()

    def link(self, user: User, *, by: UUID | None, at: datetime) -> None:
        """This is who signs in as `user`: the person may change the own phone. Raises UserOfAnother."""
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)
            if other := Person.objects.filter(user=user).exclude(pk=self.pk).first():
                raise UserOfAnother(user.username, other)
            self.user = user
            self.save(update_fields=["user"])
            record("people.person_linked", subject=Ref("person", self.id), by=by, at=at, facts={"user": user.pk})

    def amend(self, changed: Iterable[str], *, by: UUID | None, at: datetime) -> None:
        """Columns of the person were set anew; they are saved, and the record says which, never what."""
        names = sorted(changed)
        if not names:
            return
        if "name" in names:
            self.pinyin, self.initials = spell(self.name)
        with transaction.atomic():
            self.save(update_fields=[*names, *(("pinyin", "initials") if "name" in names else ())])
            record(
                "people.person_changed", subject=Ref("person", self.id), by=by, at=at, facts={"what": "+".join(names)}
            )
