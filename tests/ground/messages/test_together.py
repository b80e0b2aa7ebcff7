"""Several workers at once, and workers that are killed: everybody is told, and nobody twice but at the wrong moment."""

import pytest

from tests.ground.vault.whole import Whole

pytestmark = pytest.mark.sql

VOICES, KILLS = 24, 6
START = """
from django.conf import settings
settings.SMS = "file:"
from datetime import timedelta
from lianxin.ground.core.ids import new_id
from lianxin.ground.messages import channels, receiving, sending
from lianxin.ground.messages.models import Outgoing, Reach, Received, outgoing
from tests.ground.messages import builders
"""
SAID = (
    START
    + f"""
from lianxin.ground.core.models import Platform
Platform.objects.create(name="演练", preset="x", county_code="1", created_at=clock.now(), is_rehearsal=True)
for number in range({VOICES}):
    voice = builders.make_reached(channel="sms")
    for line in range(2):
        builders.make_said(voice, at=clock.now() - timedelta(minutes=5), key=f"{{number}}.{{line}}")
"""
)
SEND = "sending.send(clock.now())\n"
SLOWLY = """
import time
class Slow(channels.FileSms):
    def send(self, *told):
        super().send(*told)
        print("sent", flush=True)
        time.sleep(0.05)
channels.FileSms = Slow
"""
TAKEN_UP = "outgoing.HELD = timedelta(0)\n"  # what a killed worker had claimed is free at once
STATES = "print(json.dumps(list(Outgoing.objects.values_list('state', 'text'))))"


def messages(whole: Whole) -> list[str]:
    return sorted(file.read_text() for file in (whole.home / "outgoing").iterdir())


def test_of_many_workers_at_once_one_sends_each_message(whole: Whole):
    whole.python(SAID)
    whole.together(*[START + "meet()\n" + SEND + "print(json.dumps(None))"] * 3)
    assert len(messages(whole)) == VOICES
    assert all("另有1条" in message for message in messages(whole))
    assert whole.python(START + STATES) == [["sent", ""]] * 2 * VOICES


@pytest.mark.load
def test_workers_killed_again_and_again_lose_nothing_and_double_no_more_than_they_were_killed(whole: Whole):
    whole.python(SAID)
    for _kill in range(KILLS):
        with whole.start_python(START + TAKEN_UP + SLOWLY + SEND) as killed:
            for _sent in range(3):
                assert killed.stdout.readline() == "sent\n"
            killed.kill()
    whole.python(START + TAKEN_UP + SEND)
    assert whole.python(START + STATES) == [["sent", ""]] * 2 * VOICES
    assert VOICES <= len(messages(whole)) <= VOICES + KILLS
    assert len(set(messages(whole))) == VOICES


TAKE = (
    START
    + f"""
def keep(letter, at):
    Reach.objects.create(voice_id=new_id(), channel=letter.subject, chosen_at=at)
    return True
receiving.register_receiver(keep)
letters = [
    builders.make_mail(Message_ID=f"<{{n}}@x>", From=f"{{n}}@x.example", Subject=str(n)).as_bytes() for n in range({VOICES})
]
meet()
print(json.dumps([receiving.take(letter, at=clock.now()) for letter in letters]))
"""
)


def test_a_letter_that_many_read_at_once_is_one(whole: Whole):
    whole.together(*[TAKE] * 3)
    taken = "print(json.dumps([sorted(map(int, Reach.objects.values_list('channel', flat=True))), Received.objects.count()]))"
    assert whole.python(START + taken) == [list(range(VOICES)), VOICES]
