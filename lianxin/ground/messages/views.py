"""The page behind the link in every message, by which whoever gets them can stop them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from lianxin.ground.core.clock import now
from lianxin.ground.messages import actions
from lianxin.ground.messages.models import Reach


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest) -> HttpResponse:
    """Asks first: programs that look at mails follow links. The token stands in the query, which no log of ours keeps."""
    reach = get_object_or_404(Reach, stop_token=request.GET.get("t", "").replace("\0", ""))
    if request.method == "POST":
        actions.stop(reach.voice_id, by=None, at=now())
        return redirect(request.get_full_path())
    return render(request, "messages/stop.html", {"reach": reach})
