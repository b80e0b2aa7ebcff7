"""What a query may ask beside Django's own questions."""

from typing import Any

from django.db.models import CharField, Lookup
from django.db.models.sql.compiler import SQLCompiler

LAST = "\U0010ffff"  # no text holds a character behind this one


@CharField.register_lookup
class Begins(Lookup[str]):
    """`name__begins="桥边"`: the text begins with these letters, found by index alone.

    Django's `startswith` is a LIKE, for which SQLite uses no index that tells capitals apart, and PostgreSQL
    none in a language's order. Here SQLite asks for a range; PostgreSQL a LIKE, which it answers from an index
    made with `opclasses=["varchar_pattern_ops"]`.
    """

    lookup_name = "begins"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Everything from the letters up to the last text that begins with them."""
        column, before = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", (*before, self.rhs, *before, self.rhs + LAST)

    def as_postgresql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """A LIKE with the letters taken literally."""
        column, before = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", (*before, connection.ops.prep_for_like_query(self.rhs) + "%")
