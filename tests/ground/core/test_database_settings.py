"""What the settings ask of a database reaches the connections."""

import pytest
from django.db import connection

ASKED = {
    "sqlite": {"PRAGMA foreign_keys": 1, "PRAGMA secure_delete": 1, "PRAGMA synchronous": 2},
    "postgresql": {"SHOW random_page_cost": "1.1", "SHOW max_parallel_workers_per_gather": "0"},
}


@pytest.mark.django_db
def test_a_connection_is_set_as_the_settings_ask():
    with connection.cursor() as cursor:
        told = {question: cursor.execute(question).fetchone()[0] for question in ASKED[connection.vendor]}
    assert told == ASKED[connection.vendor]
