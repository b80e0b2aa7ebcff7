"""No path loses a voice, answers without a right, or leaves a clock without an owner."""

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.affairs.opinions.faults import FAULTS
from tests.affairs.opinions.walking import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def walk(office, examples, steps=25, phases=tuple(Phase)):
    machine = type("WalkInOffice", (Walk,), {"office": office})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=True,
            database=None,
            deadline=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_is_done_to_voices_none_is_lost(office):
    walk(office, 15, phases=(Phase.generate,))


@pytest.mark.either
@pytest.mark.load
def test_nor_on_longer_walks(office):
    walk(office, 40, steps=50)


@pytest.mark.either
@pytest.mark.load
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_found(office, fault):
    """By the rules of the walk itself: an assertion that fails, or words that the database refuses."""
    with fault(), pytest.raises((AssertionError, IntegrityError)):
        walk(office, 60, phases=(Phase.generate,))
