"""Numbers that follow one another, whatever they are given to."""

import pytest
from django.db import transaction

from lianxin.ground.core.models import Register

pytestmark = [pytest.mark.django_db, pytest.mark.sql]


def test_each_register_counts_from_one():
    with transaction.atomic():
        assert [Register.take(name) for name in ("甲", "甲", "乙", "甲")] == [1, 2, 1, 3]


def test_what_is_undone_leaves_no_gap():
    with transaction.atomic():
        Register.take("甲")
        transaction.set_rollback(True)
    with transaction.atomic():
        assert Register.take("甲") == 1
