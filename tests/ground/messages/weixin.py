"""A server that behaves as WeChat's documentation says its own do, as far as an account without a person goes."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from pytest_django import Settings

from lianxin.ground.messages import wechat

APP_ID, SECRET, TEMPLATE = "wx520c15f417810387", "mi ma@:/?", "Dyvp3-Ff0cnail_CDSzk1fIc6"
OWN = urlencode({"account": "演练县人大", "template": TEMPLATE, "thing": "thing4", "time": "time2"})
MORE = "&number=character_string1&from=thing7&const5=%E5%B7%B2%E6%9B%B4%E6%96%B0"


@dataclass
class Weixin:
    """What the server knows: its tokens, who follows, whose codes there are, what was sent to whom."""

    url: str = ""
    is_down: bool = False
    token: str = "token-1"
    expires_in: int = 7200
    followers: set[str] = field(default_factory=lambda: {"o6_follows"})
    refusing: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=lambda: {"021-code": "o6_follows"})
    used: set[str] = field(default_factory=set)
    is_preview: bool = False
    says: dict[str, Any] | None = None
    asked: list[str] = field(default_factory=list)
    sent: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def answer(self, path: str, query: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        """What is answered, and noted that it was asked."""
        self.asked.append(path)
        answer: dict[str, Any] = PATHS[path](self, query, body) if self.says is None else self.says
        return answer

    def stable_token(self, _query: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        """The same as long as it is valid."""
        if body != {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET}:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        return {"access_token": self.token, "expires_in": self.expires_in}

    def template_send(self, query: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        """Once for each id and person; what is too long, or not wanted, not at all."""
        if refused := self._refused(query):
            return refused
        if body["template_id"] != TEMPLATE:
            return {"errcode": 40037, "errmsg": "invalid template_id"}
        if body["touser"] not in self.followers:
            return {"errcode": 43004, "errmsg": "require subscribe"}
        if body["touser"] in self.refusing:
            return {"errcode": 43101, "errmsg": "user refuse to accept the msg"}
        if any(len(told["value"]) > 20 for name, told in body["data"].items() if name.startswith("thing")):
            return {"errcode": 47003, "errmsg": "argument invalid!"}
        self.sent.setdefault((body["touser"], body["client_msg_id"]), body)
        return {"errcode": 0, "errmsg": "ok", "msgid": len(self.sent)}

    def sns_token(self, query: dict[str, str], _body: dict[str, Any]) -> dict[str, Any]:
        """A code is good once."""
        if (query["appid"], query["secret"], query["grant_type"]) != (APP_ID, SECRET, "authorization_code"):
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        if query["code"] in self.used:
            return {"errcode": 40163, "errmsg": "code been used"}
        if query["code"] not in self.codes:
            return {"errcode": 40029, "errmsg": "invalid code"}
        self.used.add(query["code"])
        found = {"access_token": "of-a-person", "expires_in": 7200, "openid": self.codes[query["code"]]}
        return found | {"scope": "snsapi_base"} | ({"is_snapshotuser": 1} if self.is_preview else {})

    def user_info(self, query: dict[str, str], _body: dict[str, Any]) -> dict[str, Any]:
        """Whether somebody follows."""
        return self._refused(query) or {"subscribe": int(query["openid"] in self.followers), "openid": query["openid"]}

    def _refused(self, query: dict[str, str]) -> dict[str, Any]:
        if query["access_token"] != self.token:
            return {"errcode": 42001, "errmsg": "access_token expired"}
        return {}


PATHS: dict[str, Any] = {
    "/cgi-bin/stable_token": Weixin.stable_token,
    "/cgi-bin/message/template/send": Weixin.template_send,
    "/sns/oauth2/access_token": Weixin.sns_token,
    "/cgi-bin/user/info": Weixin.user_info,
}


@pytest.fixture
def weixin(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Weixin]:
    """The server, and the setting that names it."""
    made = Weixin()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if made.is_down:
                self.send_error(503)
                return
            if parts.path == "/connect/oauth2/authorize":  # silent: whoever's browser this is, they follow the account
                self.send_response(302)
                self.send_header("Location", f"{query['redirect_uri']}?code=021-code&state={query['state']}")
                self.end_headers()
                return
            told = json.dumps(made.answer(parts.path, query, json.loads(body or b"{}"))).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        do_POST = do_GET

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    monkeypatch.setattr(wechat, "_tokens", {})
    user = urlencode({APP_ID: SECRET}).replace("=", ":").replace("+", "%20")
    made.url = settings.WECHAT = f"http://{user}@127.0.0.1:{server.server_port}/?{OWN}{MORE}"
    yield made
    server.shutdown()
    server.server_close()
    thread.join()
