"""Messages go out by real servers: SMTP, an HTTP gateway, and files where nobody real is written to."""

import stat
from datetime import timedelta
from urllib.error import HTTPError

import pytest

from lianxin.ground.core.clock import now
from lianxin.ground.core.running import refuse_unready
from lianxin.ground.messages import channels
from lianxin.ground.messages.errors import SettingUnusable
from lianxin.ground.messages.models import UNDO, Outgoing
from lianxin.ground.messages.sending import send
from lianxin.ground.vault.channels import Message, names
from tests.ground.access.builders import make_platform
from tests.ground.messages.builders import make_case, make_reached, make_said
from tests.ground.vault.builders import TOLD

pytestmark = pytest.mark.django_db
MESSAGE = Message("题", "路灯修好了 https://lianxin.example/q/#1", {"Message-ID": "<lx.1@lianxin.example>"})


def test_a_mail_server_gets_one_mail_with_our_headers_in_chinese(smtp, later):
    voice = make_reached()
    make_said(voice, text="路灯修好了")
    make_said(voice)
    later(UNDO)
    send(now())
    [sent] = smtp.mails
    assert sent["X-RcptTo"] == TOLD.email
    assert "路灯修好了" in sent.get_payload(decode=True).decode()
    assert sent.get_all("Message-ID") == [f"<lx.{Outgoing.objects.first().letter_id.hex}@lianxin.example>"]
    assert (sent["Auto-Submitted"], sent["Precedence"]) == ("auto-generated", "bulk")


def test_the_gateway_gets_number_text_and_an_id(gateway):
    channels.channel("sms").send("13800571986", "郗棠梨", MESSAGE)
    [(headers, body)] = gateway.asked
    assert headers["Authorization"] == "Bearer kouling"
    assert body == {"phone": "13800571986", "text": MESSAGE.text, "id": "<lx.1@lianxin.example>"}


@pytest.mark.parametrize("status", [302, 401, 500])
def test_what_the_gateway_does_not_accept_was_not_sent(gateway, status):
    gateway.status = status
    with pytest.raises(HTTPError):
        channels.channel("sms").send("13800571986", "", MESSAGE)
    assert len(gateway.asked) == 1


def test_a_text_message_says_the_newest_alone_and_how_many_more(gateway, later):
    voice, case = make_reached(channel="sms"), make_case()
    make_said(voice, case, text="路灯已交承办单位", link="/q/#1")
    make_said(voice, case, text="路灯修好了", link="/q/#2", at=now() + timedelta(seconds=1))
    later(2 * UNDO)
    send(now())
    [(_headers, body)] = gateway.asked
    news, more, how_to_stop = body["text"].split("\n")
    assert news == "路灯修好了 https://lianxin.example.gov.cn/q/#2"
    assert more == "另有1条。"
    assert how_to_stop.startswith("不再接收：https://lianxin.example.gov.cn/messages/stop/?t=")


def test_a_gateway_that_is_down_for_a_day_gets_one_message_the_day_after(gateway, later):
    make_said(make_reached(channel="sms"))
    gateway.status = 503
    later(UNDO)
    for _hour in range(24):
        send(now())
        later(timedelta(hours=1))
    gateway.status, tried = 200, len(gateway.asked)
    for _hour in range(48):
        send(now())
        later(timedelta(hours=1))
    assert len(gateway.asked) == tried + 1
    assert len({body["id"] for _headers, body in gateway.asked}) == 1
    assert Outgoing.objects.get().state == "sent"


def test_a_rehearsal_writes_text_messages_into_files_for_its_owner_alone(settings, tmp_path, later):
    make_platform(is_rehearsal=True)
    settings.SMS = "file:"
    refuse_unready()
    make_said(make_reached(channel="sms"), text="路灯修好了")
    later(UNDO)
    send(now())
    [file] = (tmp_path / "outgoing").iterdir()
    assert file.read_text().startswith(f"{TOLD.phone}\n路灯修好了 ")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_platform_where_things_count_does_not_start_with_files_nor_writes_any(settings, tmp_path, platform):
    settings.SMS = "file:"
    with pytest.raises(SettingUnusable, match="演练平台"):
        refuse_unready()
    with pytest.raises(SettingUnusable):
        channels.channel("sms").send("1", "", MESSAGE)
    assert not (tmp_path / "outgoing").exists()


@pytest.mark.parametrize(
    "url", ["http://gateway.example/sms", "gateway.example", "ftp://127.0.0.1/", "https:///sms", "file:/tmp"]
)
def test_a_gateway_that_anybody_could_listen_to_is_refused(settings, url):
    settings.SMS = url
    with pytest.raises(SettingUnusable, match="https"):
        refuse_unready()


@pytest.mark.parametrize("url", ["https://t@gateway.example/sms", "http://t@127.0.0.1:99/sms", "http://localhost/"])
def test_a_gateway_that_is_encrypted_or_on_this_computer_may_be_used(settings, url):
    settings.SMS = url
    refuse_unready()
    assert set(channels.available()) == {"email", "sms"}


def test_every_way_has_a_name_in_the_record():
    assert names(["email", "sms"]) == {"email": "电子邮件", "sms": "短信"}
