"""Four write at once and are killed a hundred times: what was acknowledged is there, and nothing is there twice."""

import pytest

from tests.affairs.opinions.there import OFFICE, asked, holds

pytestmark = [pytest.mark.sql, pytest.mark.load]
KILLS = 100

KILL = f"""
import os, random, select, signal, time
from lianxin.ground.cases import working as working_
from lianxin.affairs.opinions.actions import replying, telling as telling_
chance = random.Random(7)
acknowledged, unsure, inside = [], {{}}, 0

def say(pipe, *words):
    os.write(pipe, (" ".join(map(str, words)) + "\\n").encode())

def work(pipe, slot, stop_at, id):  # in a process of its own, as a browser and a desk would, until it is killed
    whole, calls = working_.record, [0]
    def record(*given, **told):
        event = whole(*given, **told)
        calls[0] += 1
        if calls[0] == stop_at:
            say(pipe, "inside")  # rows are written, and nothing is committed
            time.sleep(60)
        return event
    working_.record = telling_.record = record
    while True:
        id = id or new_id()
        say(pipe, "sends", id)
        opinion = make_opinion(office.village, NOON, id=id, phone="13800001234")
        say(pipe, "told", id)
        if opinion.case.stage == "received":
            sorting.accept(opinion, by=by, at=NOON)
            say(pipe, "accepted", id)
            replying.answer_now(opinion, "修好了。", "solved", by=by, at=NOON)
            say(pipe, "replied", id)
        id = None

def start(slot, kills):
    back, pipe = os.pipe()
    stop_at = chance.randint(1, 9) if kills % 2 else 0
    connection.close()
    if (pid := os.fork()) == 0:
        os.close(back)
        try:
            work(pipe, slot, stop_at, unsure.get(slot))
        finally:
            os._exit(3)  # it never ends by itself
    os.close(pipe)
    return {{"pid": pid, "back": back, "slot": slot, "inside": bool(stop_at), "until": time.monotonic() + chance.random(), "rest": ""}}

def hear(one):  # the client keeps its own list
    global inside
    data = os.read(one["back"], 65536).decode()
    *lines, one["rest"] = (one["rest"] + data).split("\\n")
    for line in lines:
        what, *id = line.split()
        if what == "sends":
            unsure[one["slot"]] = __import__("uuid").UUID(id[0])
        elif what == "inside":
            one["until"], one["is_inside"] = 0, True
        else:
            unsure.pop(one["slot"], None)
            acknowledged.append((what, id[0]))
    return bool(data)

def kill(one):
    os.kill(one["pid"], signal.SIGKILL)
    _pid, status = os.waitpid(one["pid"], 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, status
    while hear(one):
        pass
    os.close(one["back"])
    return one.get("is_inside", False)

kills = 0
running = [start(slot, slot) for slot in range(4)]
while kills < {KILLS}:
    ready, _w, _x = select.select([one["back"] for one in running], [], [], 0.02)
    for one in list(running):
        if one["back"] in ready and not hear(one):
            raise SystemExit(f"a writer fell by itself: {{os.waitpid(one['pid'], 0)}}")
        if one["until"] < time.monotonic() and (one.get("is_inside") or not one["inside"]):
            running.remove(one)
            inside += kill(one)
            kills += 1
            running.append(start(one["slot"], kills))
for one in running:
    kill(one)
print(json.dumps([acknowledged, inside, [str(id) for id in unsure.values()]]))
"""
STATE = """
__import__("collections").Counter(
    (kind.split(".")[1], str(id))
    for kind, id in Event.objects.filter(subject_kind="opinion").values_list("kind", "subject_id")
).most_common()
"""


def test_a_hundred_kills_lose_nothing_acknowledged_and_double_nothing(whole):
    acknowledged, inside, _unsure = whole.python(OFFICE + KILL)
    assert inside >= KILLS * 0.4, "about half of them were killed with a transaction open"
    assert len(acknowledged) > KILLS
    there = {(kind, id): count for (kind, id), count in asked(whole, STATE)}
    assert set(map(tuple, acknowledged)) <= set(there)
    assert set(there.values()) == {1}
    numbers = asked(whole, "sorted(int(number[-4:]) for number in Case.objects.values_list('number', flat=True))")
    assert numbers == list(range(1, len(numbers) + 1))
    opinions, identities, replies = asked(
        whole,
        "[Opinion.objects.count(), __import__('lianxin.ground.vault.models', fromlist=['x']).Identity.objects.count(),"
        " Reply.objects.filter(sent_at__isnull=False).count()]",
    )
    assert opinions == identities == len(numbers) == sum(kind == "told" for kind, _id in there)
    assert replies == sum(kind == "replied" for kind, _id in there)
    holds(whole)
