"""Messages by WeChat, against a server that answers as WeChat's documentation says."""

import json
import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lianxin.ground.core.clock import now
from lianxin.ground.core.doctor import State, examine
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.models import Event
from lianxin.ground.core.running import refuse_unready
from lianxin.ground.messages import actions, channels
from lianxin.ground.messages.errors import (
    DoesNotFollow,
    NoSuchChannel,
    NotInFull,
    SettingUnusable,
    WechatCodeUnusable,
    WechatSilent,
)
from lianxin.ground.messages.models import UNDO, Outgoing
from lianxin.ground.messages.sending import send
from lianxin.ground.messages.wechat import wechat
from lianxin.ground.vault.channels import Card, Message, names
from lianxin.ground.vault.particulars import Particulars
from tests.ground.access.builders import make_platform
from tests.ground.messages.builders import make_case, make_reached, make_said
from tests.ground.messages.weixin import APP_ID, SECRET, TEMPLATE, weixin

__all__ = ["weixin"]

pytestmark = pytest.mark.django_db
OPENID = "o6_follows"
AT = datetime(2026, 3, 10, 12, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
LINK = "https://lianxin.example.gov.cn/follow/link/?t=x"
SEND, TOKEN = "/cgi-bin/message/template/send", "/cgi-bin/stable_token"


def message(news="收下了。", id="lx.1", more=0):
    return Message(
        "题", "文", {"Message-ID": f"<{id}@lianxin.example>"}, Card(news, "2603-0001", "演练县人大", AT, LINK, more)
    )


def make_told(openid=OPENID, **facts):
    """One thing said to somebody who is told by WeChat."""
    return make_said(make_reached(Particulars(wechat=openid), channel="wechat"), **facts)


def test_what_is_said_fills_the_fields_of_the_template(weixin, later):
    make_told(text="您3月10日反映的事（2603-0001）：收下了，3月13日前告诉您交给谁办。", link="/follow/link/?t=x")
    later(UNDO)
    send(now())
    [told] = weixin.sent.values()
    row = Outgoing.objects.get()
    assert (row.state, told["touser"], told["template_id"], told["url"]) == ("sent", OPENID, TEMPLATE, LINK)
    assert told["client_msg_id"] == f"lx{row.letter_id.hex}"
    assert told["data"]["thing4"] == {"value": "收下了，3月13日前告诉您交给谁办。"}
    assert set(told["data"]) == {"thing4", "time2", "character_string1", "thing7", "const5"}
    assert Event.objects.get(kind="vault.delivered").facts == {"channel": "wechat"}


def test_no_field_is_longer_than_wechat_allows(weixin):
    filled = wechat().filled(OPENID, message("一二三四五六七八九十" * 3, more=2))["data"]
    assert {name: told["value"] for name, told in filled.items()} == {
        "thing4": "一二三四五六七八九十一二三四…（共3条）",
        "time2": "2026年3月10日 12:05",
        "character_string1": "2603-0001",
        "thing7": "演练县人大",
        "const5": "已更新",
    }
    assert len(filled["thing4"]["value"]) == 20


def test_many_lines_are_one_message_that_counts_them(weixin, later):
    voice, case = make_reached(Particulars(wechat=OPENID), channel="wechat"), make_case()
    make_said(voice, case, text="甲：收下了")
    make_said(voice, case, text="乙：路灯修好了", at=now() + timedelta(seconds=1))
    later(2 * UNDO)
    send(now())
    [told] = weixin.sent.values()
    assert told["data"]["thing4"]["value"] == "路灯修好了（共2条）"


def test_a_token_is_asked_for_once_and_anew_when_it_is_over(weixin):
    for number in range(3):
        wechat().send(OPENID, "", message(id=f"lx.{number}"))
    assert weixin.asked == [TOKEN, SEND, SEND, SEND]
    weixin.token = "token-2"
    wechat().send(OPENID, "", message(id="lx.9"))
    assert weixin.asked[4:] == [SEND, TOKEN, SEND]
    assert len(weixin.sent) == 4


def test_a_token_is_kept_no_longer_than_it_is_valid(weixin):
    weixin.expires_in = 0
    for number in range(2):
        wechat().send(OPENID, "", message(id=f"lx.{number}"))
    assert weixin.asked == [TOKEN, SEND, TOKEN, SEND]


def test_what_is_sent_again_is_one_message(weixin):
    for _time in range(2):
        wechat().send(OPENID, "", message())
    assert len(weixin.sent) == 1


@pytest.mark.parametrize("who", ["does not follow", "refuses"])
def test_who_does_not_follow_or_refuses_is_given_up_at_once(who, weixin, later, platform):
    if who == "refuses":
        weixin.refusing.add(OPENID)
    make_told(OPENID if who == "refuses" else "o6_stranger")
    later(UNDO)
    send(now())
    assert Outgoing.objects.get().state == "given_up"
    later(timedelta(days=1))
    send(now())
    assert weixin.asked.count(SEND) == 1


@pytest.mark.parametrize("code", [-1, 40001, 40037, 45009, 47003, 48001])
def test_what_else_wechat_answers_is_tried_again(code, weixin, later):
    weixin.says = {"errcode": code, "errmsg": "no"}
    make_told()
    later(UNDO)
    send(now())
    weixin.says = None
    later(timedelta(minutes=10))
    send(now())
    assert (Outgoing.objects.get().state, len(weixin.sent)) == ("sent", 1)


def test_a_server_that_is_down_for_a_day_gets_one_message_the_day_after(weixin, later):
    make_told()
    weixin.is_down = True
    later(UNDO)
    for _hour in range(24):
        send(now())
        later(timedelta(hours=1))
    assert not weixin.sent
    weixin.is_down = False
    later(timedelta(days=1))
    send(now())
    assert (Outgoing.objects.get().state, len(weixin.sent)) == ("sent", 1)


def test_the_log_names_the_answer_and_nobody(weixin, later, caplog):
    weixin.says = {"errcode": 48001, "errmsg": f"{OPENID} api unauthorized"}
    make_told()
    later(UNDO)
    with caplog.at_level(logging.DEBUG):
        send(now())
    assert "WeChat answers 48001 to /cgi-bin/stable_token" in caplog.text
    assert not [told for told in (OPENID, SECRET, APP_ID, "unauthorized") if told in caplog.text]


def test_the_check_names_the_way_and_says_when_it_is_stuck(weixin, later):
    [found] = examine("messages.ways")
    assert (found.answer.state, found.answer.text) == (State.FINE, "电子邮件、微信")
    make_told()
    weixin.is_down = True
    for _try in range(20):
        later(timedelta(minutes=5))
        send(now())
    [found] = examine("messages.ways")
    assert (found.answer.state, found.answer.text) == (State.WRONG, "微信有1条一直寄不出去")
    assert "LIANXIN_WECHAT" in found.answer.next


def test_a_code_gives_an_openid_once(weixin):
    assert wechat().openid_of("021-code") == OPENID
    with pytest.raises(WechatCodeUnusable):
        wechat().openid_of("021-code")
    with pytest.raises(WechatCodeUnusable):
        wechat().openid_of("guessed")


def test_who_does_not_follow_is_told_whom_to_follow(weixin):
    weixin.followers.clear()
    with pytest.raises(DoesNotFollow, match="演练县人大"):
        wechat().openid_of("021-code")


def test_a_preview_is_nobody(weixin):
    weixin.is_preview = True
    with pytest.raises(NotInFull):
        wechat().openid_of("021-code")


@pytest.mark.parametrize("says", [{"errcode": 40125}, {"errcode": -1}, {}, [], "x", {"openid": "o", "errcode": None}])
def test_what_nobody_understands_is_answered_in_words(says, weixin):
    weixin.says = says
    with pytest.raises(WechatSilent) as told:
        wechat().openid_of("021-code")
    assert told.value.__context__ is None


def test_a_server_that_is_down_is_answered_in_words(weixin):
    weixin.is_down = True
    with pytest.raises(WechatSilent):
        wechat().openid_of("021-code")


def test_wechats_own_browser_is_sent_to_wechat(settings):
    settings.WECHAT = "https://wx1:s@api.weixin.qq.com/?account=a&template=t&thing=thing1"
    assert wechat().authorizing("https://x.example/back/", "abc") == (
        "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx1&redirect_uri=https%3A%2F%2Fx.example%2Fback%2F"
        "&response_type=code&scope=snsapi_base&state=abc#wechat_redirect"
    )


def test_without_the_setting_there_is_no_such_way(settings):
    settings.WECHAT = ""
    refuse_unready()
    assert "wechat" not in channels.available()
    with pytest.raises(NoSuchChannel):
        actions.choose(new_id(), "wechat", by=None, at=now())


def test_nobody_can_write_the_address_down(weixin):
    assert channels.available()["wechat"] == "微信"
    assert "wechat" not in channels.typed()
    assert names(["wechat"]) == {"wechat": "微信"}


QUERY = "?account=a&template=t&thing=thing1"


@pytest.mark.parametrize(
    "url",
    [
        f"http://a:b@api.weixin.qq.com/{QUERY}",
        f"https://api.weixin.qq.com/{QUERY}",
        f"https://a@api.weixin.qq.com/{QUERY}",
        f"https://a:b@/{QUERY}",
        f"https://a:b@api.weixin.qq.com:port/{QUERY}",
        f"https://[a:b@api.weixin.qq.com/{QUERY}",
        f"https://a:b@api.weixin.qq.com/somewhere{QUERY}",
        "https://a:b@api.weixin.qq.com/?account=a&thing=thing1",
        "https://a:b@api.weixin.qq.com/?template=t&thing=thing1",
        "https://a:b@api.weixin.qq.com/?account=a&template=t",
        "https://a:b@api.weixin.qq.com/?account=a&template=t&thing=phrase1",
        f"https://a:b@api.weixin.qq.com/{QUERY}&thign=x",
        "file:/tmp",
        "wx520c15f417810387",
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_and_not_repeated(settings, url):
    settings.WECHAT = url
    with pytest.raises(SettingUnusable, match="docs/operations.md") as told:
        refuse_unready()
    assert "a:b" not in str(told.value)


@pytest.mark.parametrize("url", [f"https://a:b@api.weixin.qq.com/{QUERY}", f"http://a:b@127.0.0.1:99{QUERY}", "file:"])
def test_a_setting_that_can_be_used_is_taken(settings, url):
    make_platform(is_demo=True)
    settings.WECHAT = url
    refuse_unready()
    assert "wechat" in channels.available()


def test_a_rehearsal_writes_messages_into_files(settings, tmp_path, later):
    make_platform(is_rehearsal=True)
    settings.WECHAT = "file:"
    openid = wechat().openid_of("x")
    make_told(openid, text="甲：路灯修好了")
    later(UNDO)
    send(now())
    [file] = (tmp_path / "outgoing").iterdir()
    told = json.loads(file.read_text())
    assert (told["touser"], told["data"]["thing1"]["value"]) == (openid, "路灯修好了")


def test_a_platform_where_things_count_writes_none_and_makes_nobody_up(settings, tmp_path, platform):
    settings.WECHAT = "file:"
    with pytest.raises(SettingUnusable, match="演练平台"):
        refuse_unready()
    with pytest.raises(SettingUnusable):
        wechat().send("o", "", message())
    with pytest.raises(SettingUnusable):
        wechat().openid_of("x")
    assert not (tmp_path / "outgoing").exists()
