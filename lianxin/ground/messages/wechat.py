"""WeChat, by a certified service account (服务号): a template message for each message, to who follows the account.

As the documentation of the account's interfaces has it (developers.weixin.qq.com/doc/service/):
api/base/api_getstableaccesstoken: POST /cgi-bin/stable_token, valid for `expires_in` seconds, the same until then.
api/notify/template/api_sendtemplatemessage: POST /cgi-bin/message/template/send; of one `client_msg_id` for one person
    one message is sent within ten minutes.
guide/product/template_message/Template_Message_Interface: what may stand in a field, by its name.
guide/h5/auth and api/webdev/access/api_snsaccesstoken: authorize with `snsapi_base`, then GET /sns/oauth2/access_token
    gives the openid; parameters in this order, `state` of letters and digits; a preview is told by `is_snapshotuser`.
api/usermanage/userinfo/api_userinfo: `subscribe` is 0 for who does not follow.
Every answer is HTTP 200: `errcode` tells what became of it, and stands in our log; nothing else of an answer does.
"""

import json
import logging
import re
import secrets
import time
from http.client import HTTPException
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit
from urllib.request import Request

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from lianxin.ground.messages import outside
from lianxin.ground.messages.errors import (
    DoesNotFollow,
    NotInFull,
    SettingUnusable,
    WechatCodeUnusable,
    WechatSilent,
)
from lianxin.ground.vault.channels import Card, Message
from lianxin.ground.vault.errors import NoWayToReach

log = logging.getLogger("lianxin.messages")

TOKEN_OVER = (40001, 40014, 42001)
NEVER = (43004, 43101)  # does not follow the account; has turned its messages off
CODE_OVER = (40029, 40163, 42003)  # no code of ours, used before, too old
DOOR = "https://open.weixin.qq.com"
WAITS_S = 8  # while somebody's page waits
LONGEST = {"thing": 20, "short_thing": 5, "character_string": 32, "phrase": 5}  # characters
FIELD = re.compile(r"([a-z_]+?)\d+")
FILLED = ("thing", "time", "number", "from")

_tokens: dict[tuple[str, str], tuple[str, float]] = {}


class Refused(Exception):
    """WeChat says no; `code` is its errcode."""

    def __init__(self, code: int):
        super().__init__(code)
        self.code = code


class Wechat:
    """The account that LIANXIN_WECHAT names. Raises SettingUnusable where it names none that could be used."""

    code, way = "wechat", "wechat"
    needs_its_browser = True

    def __init__(self, url: str):
        parts = _parts(url)
        told = dict(parse_qsl(parts.query))
        self.base = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        self.app_id, self._secret = unquote(parts.username or ""), unquote(parts.password or "")
        self.template, self.account = told.pop("template", ""), told.pop("account", "")
        self.fields = {name: told.pop(name) for name in FILLED if name in told}
        self.fixed = told
        named = all(FIELD.fullmatch(field) for field in (*self.fields.values(), *self.fixed))
        has_news = self.fields.get("thing", "").startswith("thing")
        is_whole = self.app_id and self._secret and self.template and self.account and has_news
        if not (outside.is_safe(parts, "https") and is_whole and named and parts.path in ("", "/")):
            raise SettingUnusable(
                _(
                    "LIANXIN_WECHAT 要写成 https://APPID:密钥@api.weixin.qq.com/?account=服务号名称&template=模板ID&thing=thing4，"
                    "可以加 time、number、from 和固定的字段，见 docs/operations.md。只有本机可以用 http。"
                )
            )
        self.door = self.base if parts.hostname in outside.HERE else DOOR

    def takes(self, address: str) -> bool:
        """Any openid: it came from WeChat."""
        return True

    def send(self, address: str, name: str, message: Message) -> None:
        """One template message to one openid. Raises NoWayToReach, Refused."""
        code = 0
        try:
            self._with_token("/cgi-bin/message/template/send", self.filled(address, message))
        except Refused as refused:
            code = refused.code
            if code not in NEVER:
                raise
        if code:
            raise NoWayToReach

    def filled(self, openid: str, message: Message) -> dict[str, Any]:
        """The template with what a message says, for one person."""
        assert message.card
        told = self.fixed | {field: _value(of, field, message.card) for of, field in self.fields.items()}
        return {
            "touser": openid,
            "template_id": self.template,
            "url": message.card.link,
            "client_msg_id": re.sub(r"\W", "", message.headers.get("Message-ID", "").partition("@")[0]),
            "data": {field: {"value": value} for field, value in told.items()},
        }

    def authorizing(self, back: str, state: str) -> str:
        """Where WeChat's browser is sent; it comes `back` with `state` and a code, without anybody being asked."""
        query = {
            "appid": self.app_id,
            "redirect_uri": back,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
        return f"{self.door}/connect/oauth2/authorize?{urlencode(query)}#wechat_redirect"

    def openid_of(self, code: str) -> str:
        """Whose browser brought this code, and that they follow the account.

        Raises WechatSilent, WechatCodeUnusable, NotInFull, DoesNotFollow.
        """
        if not code:
            raise WechatCodeUnusable
        try:
            return self._openid_of(code)
        except Refused as refused:
            used = refused.code in CODE_OVER
        except (OSError, HTTPException, ValueError, TypeError, KeyError):
            used = False
        raise WechatCodeUnusable if used else WechatSilent

    def _openid_of(self, code: str) -> str:
        query = {"appid": self.app_id, "secret": self._secret, "code": code, "grant_type": "authorization_code"}
        answer = self._ask("/sns/oauth2/access_token", query)
        if answer.get("is_snapshotuser"):
            raise NotInFull
        openid = str(answer["openid"])
        if not self._with_token("/cgi-bin/user/info", openid=openid)["subscribe"]:
            raise DoesNotFollow(self.account)
        return openid

    def _with_token(self, path: str, body: dict[str, Any] | None = None, **query: str) -> dict[str, Any]:
        """An answer under the token; once more under another where that one is over."""
        token = self._token()
        try:
            return self._ask(path, query | {"access_token": token}, body)
        except Refused as refused:
            if refused.code not in TOKEN_OVER:
                raise
        return self._ask(path, query | {"access_token": self._token(anew=True)}, body)

    def _token(self, *, anew: bool = False) -> str:
        token, until = _tokens.get((self.base, self.app_id), ("", 0.0))
        if anew or time.monotonic() >= until:
            told = {"grant_type": "client_credential", "appid": self.app_id, "secret": self._secret}
            answer = self._ask("/cgi-bin/stable_token", {}, told)
            token, until = str(answer["access_token"]), time.monotonic() + int(answer["expires_in"])
            _tokens[self.base, self.app_id] = token, until
        return token

    def _ask(self, path: str, query: dict[str, str], body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        asked = Request(f"{self.base}{path}?{urlencode(query)}", data=data, headers=headers)
        answer = json.loads(outside.ask(asked, timeout_s=WAITS_S))
        if not isinstance(answer, dict):
            raise ValueError("No answer of WeChat's.")
        if code := int(answer.get("errcode") or 0):
            log.warning("WeChat answers %d to %s", code, path)
            raise Refused(code)
        return answer


class FileWechat(Wechat):
    """Messages written into HOME/outgoing, and an openid made up at once. For made-up people and rehearsals alone."""

    needs_its_browser = False

    def __init__(self) -> None:
        query = "template=yanshi&thing=thing1&time=time2&number=character_string3&from=thing4"
        super().__init__(f"http://yanshi:yanshi@localhost/?{query}&{urlencode({'account': settings.SITE_NAME})}")

    def send(self, address: str, name: str, message: Message) -> None:
        """One file for one message; refuses where messages count."""
        refuse_unusable()
        outside.write(json.dumps(self.filled(address, message), ensure_ascii=False, indent=1))

    def authorizing(self, back: str, state: str) -> str:
        """Back at once."""
        return f"{back}?{urlencode({'code': secrets.token_hex(16), 'state': state})}"

    def openid_of(self, code: str) -> str:
        """Nobody's."""
        refuse_unusable()
        return f"yanshi_{code}"


def wechat() -> Wechat | None:
    """The account that the settings name; None where they name none."""
    if not settings.WECHAT:
        return None
    return FileWechat() if settings.WECHAT == "file:" else Wechat(settings.WECHAT)


def refuse_unusable() -> None:
    """Raise SettingUnusable where LIANXIN_WECHAT cannot be used here. For the start of whatever serves."""
    wechat()
    if settings.WECHAT == "file:" and outside.messages_count():
        raise SettingUnusable(
            _("LIANXIN_WECHAT=file: 只给演示和演练平台用：消息写成文件，群众就收不到。请改成服务号的地址。")
        )


def _parts(url: str) -> SplitResult:
    """The parts of an address; none of what is no address."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return urlsplit("")
    return parts


def _value(of: str, field: str, card: Card) -> str:
    """What stands in a field of the template, as long as it may be."""
    if of == "time":
        at = timezone.localtime(card.said_at)
        return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
    kind = FIELD.fullmatch(field)
    longest = LONGEST.get(kind[1] if kind else "", LONGEST["thing"])
    if of == "thing":
        more = _("（共%(count)d条）") % {"count": card.more + 1} if card.more else ""
        return _cut(card.news, longest - len(more)) + more
    return _cut(card.number if of == "number" else card.sender, longest)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
