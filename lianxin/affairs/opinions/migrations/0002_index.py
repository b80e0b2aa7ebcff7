"""The index of words, which each database keeps in its own way: see lianxin/affairs/opinions/search.py."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE opinions_words
USING fts5(tokens, detail=none, tokenize='unicode61 remove_diacritics 0')
"""
POSTGRESQL = (
    "ALTER TABLE opinions_indexentry ADD COLUMN tokens tsvector",
    "CREATE INDEX opinion_words ON opinions_indexentry USING gin (tokens)",
)


def make(apps, schema_editor):
    for statement in (SQLITE,) if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE opinions_words")
    else:
        schema_editor.execute("ALTER TABLE opinions_indexentry DROP COLUMN tokens")


class Migration(migrations.Migration):
    dependencies = [("opinions", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
