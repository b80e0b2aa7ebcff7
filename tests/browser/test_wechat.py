"""A browser is led to WeChat and back, which the page's own rules for its form have to allow."""

import pytest
from playwright.sync_api import expect

from lianxin.ground.vault.models import Identity
from tests.affairs.opinions.builders import Office
from tests.browser.conftest import PHONE
from tests.ground.messages.weixin import weixin

__all__ = ["weixin"]

pytestmark = pytest.mark.django_db(transaction=True)
AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.50"


def test_an_author_is_led_to_wechat_and_back(visit, server, weixin):
    opinion = Office().opinion()
    page = visit(viewport=PHONE, user_agent=AGENT).open(f"/follow/#{opinion.code}")
    page.wait_for_url("**/follow/matter/")
    page.get_by_role("link", name="怎样告诉我进展").click()
    page.get_by_label("发微信").check()
    page.get_by_role("button", name="就这样改").click()

    page.get_by_role("button", name="关注好了，用微信告诉我").click()

    expect(page.get_by_text("选好了")).to_be_visible()
    assert Identity.objects.get(voice_id=opinion.pk).unseal().wechat == "o6_follows"
