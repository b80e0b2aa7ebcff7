"""Where somebody is signed in."""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lianxin.ground.access.models import User

SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "HarmonyOS", "Mac OS X", "Linux")  # as a browser names them
BROWSERS = (  # what stands in the line → what people call it; the first that fits counts
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("QQBrowser", "QQ浏览器"),
    ("HuaweiBrowser", "华为浏览器"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


@dataclass(frozen=True)
class Device:
    """One place where somebody is signed in: the session, and the device in words."""

    session: UserSession
    name: str
    is_this: bool


def seen(request: HttpRequest) -> list[Device]:
    """Where the user of this request is signed in, this device first, then by when it was last used."""
    sessions = UserSession.objects.purge_and_list(request.user)
    key = request.session.session_key
    devices = [Device(session, device_name(session.user_agent), session.session_key == key) for session in sessions]
    devices.sort(key=lambda device: device.session.last_seen_at, reverse=True)
    return sorted(devices, key=lambda device: not device.is_this)


def device_name(user_agent: str) -> str:
    """A browser's line about itself as a person would say it: Windows上的Edge."""
    system = next((name for name in SYSTEMS if name in user_agent), "")
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    if system and browser:
        return _("%(system)s上的%(browser)s") % {"system": system.replace("Mac OS X", "Mac"), "browser": browser}
    return system or browser or _("认不出的设备")


def end_sessions(user: User) -> None:
    """Sign the user out everywhere."""
    for session in UserSession.objects.filter(user_id=user.pk):
        session.end()
