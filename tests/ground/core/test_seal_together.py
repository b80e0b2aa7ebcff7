"""Days are sealed while others write, and by several at once: every event comes under one seal, and verify finds it whole."""

import pytest

pytestmark = pytest.mark.sql

DAY = "2026-11-20"
BEFORE_MIDNIGHT = "datetime.datetime(2026, 11, 20, 15, 59, 50, tzinfo=datetime.UTC)"  # in China, the 20th
NIGHT = "datetime.datetime(2026, 11, 20, 17, 10, tzinfo=datetime.UTC)"  # ten past one of the 21st
SEAL = f"""
import datetime
from lianxin.ground.core.events.sealing import seal_days_over
sealed = seal_days_over({NIGHT} + datetime.timedelta(days={{days}}))
print(json.dumps([sealed.events, sealed.late]))
"""
VERIFY = f"""
import datetime
from lianxin.ground.core.events.verifying import Verification
look = Verification({NIGHT} + datetime.timedelta(days={{days}}))
print(json.dumps([[finding.fault for finding in look.findings()], look.late]))
"""
LONG = f"""
import datetime
with transaction.atomic(), clock.travel({BEFORE_MIDNIGHT}):
    make_visit()
    meet()
print(json.dumps("written"))
"""
WRITTEN = f"import datetime\nwith clock.travel({BEFORE_MIDNIGHT}): make_visit()"


def test_what_is_committed_after_its_day_was_sealed_is_told_and_sealed_the_next_night(apart):
    """A transaction that begins before midnight and ends after ten past one. On SQLite sealing waits for it."""
    apart.python(WRITTEN)
    writer = apart.start_python(LONG)
    assert writer.stdout.readline() == "here\n"
    if apart.url.startswith("sqlite"):
        sealer = apart.start_python(SEAL.format(days=0))
        writer.communicate("go\n", timeout=60)
        assert sealer.communicate(timeout=60)[0] in ("[2, 0]\n", "[1, 0]\n")
    else:
        assert apart.python(SEAL.format(days=0)) == [1, 0]
        writer.communicate("go\n", timeout=60)
        assert apart.python(VERIFY.format(days=0)) == [["unsealed"], 0]
        assert apart.python(SEAL.format(days=1)) == [1, 1]
    apart.python(SEAL.format(days=2))
    faults, late = apart.python(VERIFY.format(days=2))
    assert (faults, late <= 1) == ([], True)


WRITE = """
import datetime, random, time
shift = datetime.datetime(2026, 11, 20, 15, 59, 57, tzinfo=datetime.UTC) - datetime.datetime.now(datetime.UTC)
bodies = [__import__("uuid").UUID(int=n) for n in (1, 2)]
meet()
written, until = 0, time.monotonic() + 6
while time.monotonic() < until:
    with clock.travel(shift), transaction.atomic():  # three seconds before midnight, going on
        record_all([visit(body=random.choice(bodies)) for _ in range(5)])
        time.sleep(random.random() / 20)
    written += 5
print(json.dumps(written))
"""
SEAL_ALWAYS = f"""
import datetime, time
from lianxin.ground.core.events.errors import SealedMeanwhile
from lianxin.ground.core.events.sealing import seal_days_over
meet()
sealed, until, at = 0, time.monotonic() + 6, {NIGHT}
while time.monotonic() < until:
    try:
        sealed += seal_days_over(at).events
    except SealedMeanwhile:
        pass  # the other one seals
    time.sleep(0.02)
print(json.dumps(sealed))
"""
WHOLE = """
from django.db.models import Sum
days = sorted(set(map(str, Event.objects.values_list("recorded_on", flat=True))))
print(json.dumps([days, Event.objects.count(), DaySeal.objects.aggregate(n=Sum("count"))["n"],
                  len({id for seal in DaySeal.objects.all() for id, _hash in seal.pairs()})]))
"""


def test_writers_across_midnight_and_two_that_seal_leave_each_event_under_one_seal(apart):
    *written, one, other = apart.together(WRITE, WRITE, WRITE, SEAL_ALWAYS, SEAL_ALWAYS)
    assert one + other > 0
    apart.python(SEAL.format(days=1))
    days, events, sealed, under_a_seal = apart.python(WHOLE)
    assert days == [DAY, "2026-11-21"]
    assert sum(written) == events == sealed == under_a_seal
    faults, late = apart.python(VERIFY.format(days=1))
    assert (faults, late > 0) == ([], True)


SEAL_SLOWLY = f"""
import datetime
from lianxin.ground.core.events import errors, merkle, sealing
true, first = merkle.leaf, [True]
def leaf(algorithm, data):  # at the first leaf, let the other one come to the same point
    if first.pop() if first else False:
        meet()
    return true(algorithm, data)
sealing.merkle.leaf = leaf
try:
    print(json.dumps(sealing.seal_days_over({NIGHT}).events))
except errors.SealedMeanwhile as told:
    print(json.dumps(str(told)))
"""


def test_of_two_that_have_read_the_same_day_one_seals_it_and_the_other_says_so(apart):
    for _ in range(3):
        apart.python(WRITTEN)
    told = apart.together(SEAL_SLOWLY, SEAL_SLOWLY)
    assert sorted(map(str, told))[0] == "3"
    assert "另一个进程正在封存" in sorted(map(str, told))[1]
    assert apart.python(VERIFY.format(days=0)) == [[], 0]
