"""Setting a phone up: the certificate of this platform, and where to go afterwards."""

import segno
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lianxin.ground.core.serving import lan
from lianxin.ground.core.serving.authority import Authority

SYSTEMS = {  # words of a browser's own name → the system it runs on; the first that fits counts
    "harmony": ("HarmonyOS", "OpenHarmony", "ArkWeb"),
    "ios": ("iPhone", "iPad"),
    "android": ("Android",),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """How a phone comes to trust this platform, step by step; or that the platform is not open to phones."""
    net = lan.served(settings.HOME)
    if not net:
        return render(request, "core/setup_closed.html", {"port": request.get_port()})
    asked_at = request.get_host().rsplit(":", 1)[0]
    address = asked_at if asked_at in net.addresses else net.addresses[0]
    context = {
        "page": net.page(address),
        "page_code": drawn(net.page(address)),
        "setup": net.setup_page(address),
        "setup_code": drawn(net.setup_page(address)),
        "fingerprint": Authority(settings.HOME / "tls").fingerprint,
        "system": system_of(request.headers.get("User-Agent", "")),
    }
    return render(request, "core/setup.html", context)


@require_safe
def certificate(request: HttpRequest) -> FileResponse:
    """The certificate of the authority, as phones take it."""
    if not lan.served(settings.HOME):
        raise Http404
    return FileResponse(
        Authority(settings.HOME / "tls").file.open("rb"),
        as_attachment=True,
        filename="lianxin.crt",
        content_type="application/x-x509-ca-cert",
    )


def drawn(address: str) -> str:
    """The address as a QR code: an image that stands in the page itself."""
    return segno.make(address, error="m").svg_data_uri(scale=4, border=2, light="#fff")


def system_of(browser: str) -> str:
    """The phone's system as far as its browser tells; nothing when it does not."""
    return next((name for name, words in SYSTEMS.items() if any(word in browser for word in words)), "")
