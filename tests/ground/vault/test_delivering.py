import pytest
from django.core.mail import EmailMessage
from django_tasks_db.models import DBTaskResult

from lianxin.ground.core.clock import now
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event, EventText
from lianxin.ground.vault import actions
from lianxin.ground.vault.channels import Email
from lianxin.ground.vault.errors import NotDelivered, NotKept, NoWayToReach
from lianxin.ground.vault.models import Opening
from lianxin.ground.vault.particulars import Particulars
from tests.ground.vault import acts
from tests.ground.vault.builders import TOLD, make_voice

pytestmark = pytest.mark.django_db


def test_a_message_reaches_the_voice_and_nobody_has_read_who_it_is(mailoutbox: list[EmailMessage]):
    voice = make_voice()
    assert actions.deliver(voice, acts.MESSAGE, channel=Email(), by=None, at=now()) is None
    (sent,) = mailoutbox
    assert sent.to == [TOLD.email]
    assert sent.body == "郗棠梨：您说的路灯今天修好了。"
    event = Event.objects.get(kind="vault.delivered")
    assert (event.subject_id, event.facts) == (voice, {"channel": "email"})
    assert not Opening.objects.exists()
    assert not EventText.objects.exists()


def test_a_voice_that_left_no_such_address_is_told_so(mailoutbox: list[EmailMessage]):
    with pytest.raises(NoWayToReach, match="换一种"):
        actions.deliver(make_voice(Particulars(phone="1")), acts.MESSAGE, channel=Email(), by=None, at=now())
    with pytest.raises(NotKept):
        actions.deliver(new_id(), acts.MESSAGE, channel=Email(), by=None, at=now())
    assert mailoutbox == []


def test_a_failure_that_quotes_the_address_stays_inside():
    with pytest.raises(NotDelivered) as told:
        actions.deliver(make_voice(), acts.MESSAGE, channel=acts.Refusing(), by=None, at=now())
    assert str(told.value) == "没有送出去（email，SMTPRecipientsRefused）。稍后会再试。"
    assert told.value.__context__ is told.value.__cause__ is None
    assert not Event.objects.filter(kind="vault.delivered").exists()


def test_who_will_never_be_reached_that_way_is_told_apart_from_a_failure():
    with pytest.raises(NoWayToReach):
        actions.deliver(make_voice(), acts.MESSAGE, channel=acts.Gone(), by=None, at=now())
    assert not Event.objects.filter(kind="vault.delivered").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("refuse", [False, True])
def test_the_job_table_holds_ids_and_no_person(refuse: bool, run_jobs, mailoutbox: list[EmailMessage]):
    voice = make_voice()
    acts.tell.enqueue(str(voice), refuse)
    run_jobs()
    job = DBTaskResult.objects.get()
    assert job.status == ("FAILED" if refuse else "SUCCESSFUL")
    assert job.args_kwargs == {"args": [str(voice), refuse], "kwargs": {}}
    assert ("NotDelivered" in job.traceback) == refuse
    told = f"{job.traceback} {job.return_value} {job.args_kwargs} {job.exception_class_path}"
    assert not [value for value in (TOLD.name, TOLD.email) if value in told]
