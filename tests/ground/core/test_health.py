"""Signs of life for monitoring, which say nothing of people and nothing to strangers."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from lianxin.ground.core.clock import travel as travelled
from lianxin.ground.core.events.sealing import seal_days_over
from lianxin.ground.core.models import Worker
from lianxin.ground.core.views import health
from tests.ground.core.builders import make_visit
from tests.ground.core.tasks_for_tests import leave_a_note

pytestmark = pytest.mark.django_db


def beat(seconds_ago: float) -> None:
    at = timezone.now() - timedelta(seconds=seconds_ago)
    Worker.objects.create(started_at=at, beat_at=at)


@pytest.mark.parametrize(("age", "worker"), [(None, "silent"), (5, "lives"), (1000, "silent")])
def test_it_is_well_as_long_as_the_database_answers_and_says_how_the_worker_is(client, age, worker):
    if age:
        beat(age)
    response = client.get("/healthz")
    told = response.json()
    assert (response.status_code, told["is_well"], told["worker"]) == (200, True, worker)
    assert response["Cache-Control"].startswith("max-age=0")


def test_without_a_database_it_is_not_well(client, monkeypatch):
    def broken(*_args, **_options):
        raise OperationalError("connection refused, user=李芳")

    monkeypatch.setattr(health.Worker.objects, "aggregate", broken)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"is_well": False, "database": "no answer"}


def test_it_is_asked_and_not_told_and_costs_two_queries_at_most(client, django_assert_max_num_queries):
    assert client.post("/healthz").status_code == 405
    with django_assert_max_num_queries(2):  # the other one is for the platform's clock
        client.get("/healthz")


def test_this_computer_reads_the_figures(client):
    with travelled(timedelta(days=-3)):
        make_visit()
    seal_days_over()
    beat(5)
    leave_a_note.enqueue("x")
    response = client.get("/metrics")
    assert response.status_code == 200
    figures = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.content.decode())
        for sample in family.samples
    }
    assert figures["lianxin_events", "tests.visited"] == 1
    assert figures["lianxin_tasks", "READY"] == 1
    assert figures["lianxin_job_done_at", "core.seal"] == 0
    assert figures["lianxin_database_bytes",] > 100_000
    assert abs(timezone.now().timestamp() - figures["lianxin_worker_at",] - 5) < 60
    assert figures["process_resident_memory_bytes",] > 1_000_000


@pytest.mark.parametrize(
    "stranger",
    [
        {"REMOTE_ADDR": "192.168.1.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "127.0.0.1"},
    ],
)
def test_nobody_else_does(client, stranger):
    assert client.get("/metrics", **stranger).status_code == 404
