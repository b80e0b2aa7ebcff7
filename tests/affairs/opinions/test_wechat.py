"""A resident chooses to be told by WeChat: in WeChat's own browser, by an openid that lies in the vault alone."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from lianxin.affairs.opinions.actions import reaching, sorting, telling
from lianxin.affairs.opinions.errors import Gone
from lianxin.affairs.opinions.views.follow import states
from lianxin.ground.access.models import Grant
from lianxin.ground.core.clock import now
from lianxin.ground.core.models import Event, Platform
from lianxin.ground.messages.models import UNDO, Outgoing, Reach
from lianxin.ground.messages.sending import send
from lianxin.ground.vault.models import Identity, Opening
from lianxin.ground.vault.particulars import Particulars
from tests.affairs.opinions.builders import NOON
from tests.affairs.opinions.teller import Teller, text
from tests.ground.access.builders import make_grant
from tests.ground.messages.weixin import weixin

__all__ = ["weixin"]

CHOOSE, BACK, MESSAGES = "/follow/matter/wechat/", "/follow/matter/wechat/back/", "/follow/matter/messages/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit/605.1.15 MicroMessenger/8.0.47(0x18002f2c)"
OPENID = "o6_follows"


@pytest.fixture(autouse=True)
def _noon(travel):
    travel(NOON)


def entered(opinion, agent=PHONE):
    """WeChat's browser, in which the code was typed."""
    browser = Client(headers={"User-Agent": agent})
    assert browser.post("/follow/", {"code": opinion.code}).status_code == 302
    return browser


def sent_there(browser):
    """The query with which the browser is sent to WeChat."""
    answer = browser.post(CHOOSE)
    assert answer.status_code == 302
    query = parse_qs(urlsplit(answer["Location"]).query)
    return {name: values[0] for name, values in query.items()}


def chosen(opinion):
    """How an author is told, and the openid that is kept."""
    reach = Reach.objects.open().filter(voice_id=opinion.pk).first()
    identity = Identity.objects.filter(voice_id=opinion.pk).first()
    return reach and reach.channel, identity.unseal().wechat if identity else ""


def page(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_an_author_who_left_no_number_is_told_by_wechat(office, weixin):
    opinion = office.opinion()
    browser = entered(opinion)
    assert "可以选微信" in page(browser.get(MESSAGES))
    assert browser.post(MESSAGES, {"channel": "wechat"})["Location"] == CHOOSE
    assert chosen(opinion) == (None, "")
    query = sent_there(browser)
    assert (query["scope"], query["redirect_uri"]) == ("snsapi_base", f"http://testserver{BACK}")
    assert query["state"].isalnum()
    assert len(query["state"]) <= 128
    answer = browser.get(BACK, {"code": "021-code", "state": query["state"]}, follow=True)
    assert "选好了" in page(answer)
    assert chosen(opinion) == ("wechat", OPENID)
    assert not Opening.objects.exists()


def test_what_happens_then_reaches_them_there(office, weixin, travel):
    opinion = office.opinion()
    browser = entered(opinion)
    browser.get(BACK, {"code": "021-code", "state": sent_there(browser)["state"]})
    sorting.accept(opinion, by=office.clerk.pk, at=NOON)
    travel(UNDO)
    send(now())
    [told] = weixin.sent.values()
    assert told["touser"] == OPENID
    assert told["data"]["thing4"]["value"].startswith("收下了")
    assert told["data"]["character_string1"]["value"] == opinion.case.number
    assert urlsplit(told["url"]).path == "/follow/link/"
    assert Outgoing.objects.get().state == "sent"


def test_what_was_told_before_stays_beside_it(office, weixin):
    opinion = office.opinion(particulars=Particulars(name="甲", phone="13800571986"))
    browser = entered(opinion)
    browser.get(BACK, {"code": "021-code", "state": sent_there(browser)["state"]})
    kept = Identity.objects.get(voice_id=opinion.pk)
    assert kept.unseal() == Particulars(name="甲", phone="13800571986", wechat=OPENID)
    assert str(opinion.case.region_id) in kept.places


def test_the_openid_goes_when_the_author_withdraws(office, weixin):
    opinion = office.opinion()
    browser = entered(opinion)
    state = sent_there(browser)["state"]
    browser.get(BACK, {"code": "021-code", "state": state})
    browser.post("/follow/matter/withdraw/", {"sure": "on"})
    assert chosen(opinion) == (None, "")
    assert Event.objects.filter(kind="vault.erased", subject_id=opinion.pk).exists()
    assert browser.get(CHOOSE).status_code == browser.get(BACK, {"code": "x", "state": state}).status_code == 404


def test_nothing_is_kept_of_who_withdrew_at_the_same_moment(office, weixin):
    opinion = office.opinion()
    telling.withdraw(opinion, at=NOON)
    with pytest.raises(Gone):
        reaching.by_wechat(opinion, OPENID, at=NOON)
    assert not Identity.objects.exists()


def refused(browser, state, opinion):
    """What is said to who comes back with a state that is none."""
    told = page(browser.get(BACK, {"code": "021-code", "state": state}), 422)
    assert "请再按一次" in told
    assert f'action="{CHOOSE}"' in told
    assert chosen(opinion) == (None, "")


@pytest.mark.parametrize("state", ["", "x", "0" * 90, "é" * 26 + "0" * 64])
def test_a_state_that_was_made_up_is_refused_in_words(state, office, weixin):
    opinion = office.opinion()
    refused(entered(opinion), state, opinion)
    assert weixin.asked == []


def test_a_state_that_was_changed_is_refused(office, weixin):
    opinion = office.opinion()
    browser = entered(opinion)
    state = sent_there(browser)["state"]
    refused(browser, "f" * 10 + state[10:], opinion)


def test_a_state_runs_out(office, weixin, monkeypatch):
    opinion = office.opinion()
    browser = entered(opinion)
    state = sent_there(browser)["state"]
    monkeypatch.setattr(states, "LASTS", timedelta(seconds=-1))
    refused(browser, state, opinion)


def test_a_state_of_another_visit_is_refused_though_of_the_same_matter(office, weixin):
    opinion = office.opinion()
    state = sent_there(entered(opinion))["state"]
    other = entered(office.opinion())
    refused(other, state, opinion)


def test_a_state_is_good_once(office, weixin):
    weixin.codes["another"] = "o6_another"
    weixin.followers.add("o6_another")
    opinion = office.opinion()
    browser = entered(opinion)
    state = sent_there(browser)["state"]
    browser.get(BACK, {"code": "021-code", "state": state})
    told = page(browser.get(BACK, {"code": "another", "state": state}), 422)
    assert "用过了" in told
    assert chosen(opinion) == ("wechat", OPENID)


def test_without_a_visit_nothing_comes_back(office, weixin):
    state = sent_there(entered(office.opinion()))["state"]
    assert Client().get(BACK, {"code": "021-code", "state": state})["Location"] == "/follow/"
    assert weixin.asked == []


def test_who_does_not_follow_the_account_is_told_its_name(office, weixin):
    weixin.followers.clear()
    opinion = office.opinion()
    browser = entered(opinion)
    told = page(browser.get(BACK, {"code": "021-code", "state": sent_there(browser)["state"]}), 422)
    assert "您还没有关注服务号“演练县人大”" in told
    assert chosen(opinion) == (None, "")


def test_a_wechat_that_is_down_is_told_so(office, weixin):
    opinion = office.opinion()
    browser = entered(opinion)
    state = sent_there(browser)["state"]
    weixin.is_down = True
    assert "微信现在没有应答" in page(browser.get(BACK, {"code": "021-code", "state": state}), 422)


@pytest.mark.parametrize("agent", ["Mozilla/5.0 Firefox/140.0", f"{PHONE} wxwork/4.1"])
def test_another_browser_is_told_how_to_come_there_and_sent_nowhere(agent, office, weixin):
    opinion = office.opinion()
    browser = entered(opinion, agent)
    told = page(browser.get(CHOOSE))
    assert "这一步要在微信里做" in told
    assert 'src="data:image/svg+xml' in told
    assert opinion.code not in told
    assert "这一步要在微信里做" in page(browser.post(CHOOSE))


def test_the_form_may_lead_to_wechat_and_no_other_page_may(office, weixin):
    browser = entered(office.opinion())
    there = weixin.url.partition("@")[2].partition("/")[0]
    assert f"form-action 'self' http://{there};" in f"{browser.get(CHOOSE)['Content-Security-Policy']};"
    for other in (MESSAGES, "/follow/matter/", "/follow/"):
        assert there not in browser.get(other)["Content-Security-Policy"]


def test_who_is_told_by_wechat_already_changes_nothing_by_choosing_it(office, weixin):
    opinion = office.opinion()
    reaching.by_wechat(opinion, OPENID, at=NOON)
    browser = entered(opinion)
    assert browser.post(MESSAGES, {"channel": "wechat"})["Location"] == "/follow/matter/"
    browser.post(MESSAGES, {"channel": "none"})
    assert chosen(opinion) == (None, OPENID)


def test_without_the_setting_nothing_is_offered(office, settings):
    settings.WECHAT = ""
    browser = entered(office.opinion())
    assert "微信" not in page(browser.get(MESSAGES))
    assert browser.post(MESSAGES, {"channel": "wechat"}).status_code == 422
    for ask in (browser.get, browser.post):
        assert ask(CHOOSE).status_code == 404
    assert browser.get(BACK).status_code == 404
    assert Client().get(CHOOSE).status_code == 404


def test_a_demo_shows_it_with_an_openid_that_is_made_up(office, settings):
    settings.WECHAT = "file:"
    opinion = office.opinion()
    Platform.objects.update(is_demo=True)
    Platform.forget()
    browser = entered(opinion, "Mozilla/5.0 Firefox/140.0")
    answer = browser.post(CHOOSE, follow=True)
    assert "选好了" in page(answer)
    channel, openid = chosen(opinion)
    assert channel == "wechat"
    assert openid.startswith("yanshi_")


def test_nobody_types_an_openid_when_telling(office, weixin, settings):
    settings.SENDS_MAIL = True
    teller = Teller(Client(), office)
    teller.until("seen")
    offered = text(teller.get("send"))
    assert 'name="told_by" value="email"' in offered
    assert 'name="told_by" value="wechat"' not in offered


def test_the_receipt_says_how_to_come_to_it(office, weixin, settings):
    teller = Teller(Client(), office)
    teller.until("send")
    assert "想在微信里收进展：关注服务号“演练县人大”" in text(teller.get("receipt"))
    settings.WECHAT = ""
    assert "微信" not in text(teller.get("receipt"))


def test_staff_who_open_a_name_read_no_openid(office, weixin):
    opinion = office.opinion(phone="13800571986")
    reaching.by_wechat(opinion, OPENID, at=NOON)
    browser = Client()
    make_grant(office.clerk, "office_clerk", Grant.Scope.PLACE, office.county.pk)
    browser.force_login(office.clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    told = page(browser.post(f"/desk/opinions/{opinion.pk}/identity/", {"purpose": "call", "reason": "回电核实路灯"}))
    assert "138" in told
    assert "由服务号发消息" in told
    assert OPENID not in told
