"""Reads the settings an operator may give, and refuses what it does not know.

Every setting is an environment variable that begins with LIANXIN_. A misspelt name is an error, not
a silent default: see docs/operations.md for the list, which a test keeps equal to `KNOWN`.
"""

import difflib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

PREFIX = "LIANXIN_"

KNOWN: dict[str, str] = {
    "HOME": "folder of everything the platform keeps: database, files, keys, logs, backups",
    "DATABASE": "sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME",
    "HOSTS": "host names the server answers to, separated by commas",
    "SECRET_KEY": "key of sessions and signatures; generated in HOME/keys when not given",
    "VAULT_KEY": "key of the vault, 32 bytes in base64; the first start makes it in HOME/keys when not given",
    "VAULT_KEY_OLD": "former keys of the vault, separated by commas: they open, and lianxin vault rotate replaces them",
    "CIPHER": "aes-256-gcm, or sm4-gcm where the state's own algorithms are required; what was sealed before still opens",
    "BACKUP_KEY": "key of the backups, 32 bytes in base64; generated in HOME/keys when not given",
    "BACKUP_DAYS": "how many days backups are kept",
    "TIME_ZONE": "time zone of the platform",
    "HTTPS": "yes when the platform is reached over TLS: cookies are then sent over TLS alone",
    "PROXY": "yes when a reverse proxy in front sets X-Forwarded-Proto and X-Forwarded-For",
    "DEBUG": "yes shows error pages with internals; never in an office",
    "CALENDARS": "folder with year files announced after this release",
    "PRESETS": "folder with a locality's own presets, beside those of the product",
    "LOG_DAYS": "how many days logs are kept",
    "IDLE_MINUTES": "minutes without a page after which staff are signed out",
    "FONT_TITLE": "font of red heads and titles of papers",
    "FONT_BODY": "font of what papers say",
    "FONT_FIRST": "font of their headings of the first level",
    "FONT_SECOND": "font of their headings of the second level",
    "FONT_PAGE": "font of their page numbers",
    "EMAIL": "smtp://USER:PASSWORD@HOST:PORT for messages; none are sent when not given",
    "EMAIL_FROM": "sender of messages",
    "SMS": "https://TOKEN@HOST/PATH of a gateway for text messages; file: on a demo or rehearsal platform",
    "WECHAT": "https://APPID:SECRET@api.weixin.qq.com/?account=NAME&template=ID&thing=thing4 of a service account; file: as above",
    "MAILBOX": "imaps://USER:PASSWORD@HOST/INBOX that is read for letters",
    "SECURITY_CONTACT": "whom to tell of a hole, for security.txt: mailto:NAME@HOST, https://… or tel:…",
}


class UnknownSetting(Exception):
    """An environment variable begins with LIANXIN_ but names no setting."""


class Env:
    """The settings given in `environ`, typed; raises UnknownSetting for a name that is not KNOWN."""

    def __init__(self, environ: Mapping[str, str] = os.environ):
        self.given = {k.removeprefix(PREFIX): v for k, v in environ.items() if k.startswith(PREFIX)}
        for name in self.given:
            if name not in KNOWN:
                near = difflib.get_close_matches(name, KNOWN, n=1)
                hint = f" Did you mean {PREFIX}{near[0]}?" if near else ""
                raise UnknownSetting(f"{PREFIX}{name} is not a setting of Lianxin.{hint} See docs/operations.md.")

    def text(self, name: str, default: str = "") -> str:
        """The setting as given, or `default`."""
        assert name in KNOWN, name
        return self.given.get(name, default)

    def yes(self, name: str) -> bool:
        """True for yes, false for no or nothing; anything else raises ValueError."""
        value = self.text(name, "no").lower()
        if value not in ("yes", "no"):
            raise ValueError(f"{PREFIX}{name} is {value!r}; write yes or no.")
        return value == "yes"

    def choice(self, name: str, *choices: str) -> str:
        """One of `choices`, the first when nothing is given; anything else raises ValueError."""
        value = self.text(name, choices[0])
        if value not in choices:
            raise ValueError(f"{PREFIX}{name} is {value!r}; write one of {', '.join(choices)}.")
        return value

    def number(self, name: str, default: int) -> int:
        """A whole number above zero; anything else raises ValueError."""
        value = self.text(name, str(default))
        if not value.isdecimal() or int(value) < 1:
            raise ValueError(f"{PREFIX}{name} is {value!r}; write a whole number above zero.")
        return int(value)

    def key(self, name: str, folder: Path) -> str:
        """The key as given, or the one kept in `folder`, made on first use and readable by the owner alone."""
        if given := self.text(name):
            return given
        file = folder / name.lower()
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as out:
                out.write(secrets.token_urlsafe(32))
        return file.read_text().strip()
