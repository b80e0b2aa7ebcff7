"""The base of every table of the domain."""

from django.db import models

from lianxin.ground.core.ids import new_id


class Record(models.Model):
    """A row named by a UUIDv7, which a phone may have made before the server saw it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True
