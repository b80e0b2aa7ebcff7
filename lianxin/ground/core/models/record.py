"""The bases of the tables of the domain."""

from typing import Any, NoReturn

from django.db import models

from lianxin.ground.core.ids import new_id


class Record(models.Model):
    """A row named by a UUIDv7, which a phone may have made before the server saw it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class RecordOnlyGrows(TypeError):
    """Something was to change or delete what stands in the record. Annul it with another event instead."""

    def __init__(self, model: type[models.Model]):
        super().__init__(f"{model.__name__} rows are added, and never changed or deleted.")


class GrownQuerySet(models.QuerySet[Any]):
    """Rows that are added, and never changed or deleted."""

    def update(self, **_values: Any) -> NoReturn:
        """Refuse."""
        raise RecordOnlyGrows(self.model)

    def delete(self) -> NoReturn:
        """Refuse."""
        raise RecordOnlyGrows(self.model)


class Grown(models.Model):
    """A table that only grows."""

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        """Add the row; refuse to change one."""
        if not self._state.adding:
            raise RecordOnlyGrows(type(self))
        super().save(**options)

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:
        """Refuse."""
        raise RecordOnlyGrows(type(self))
