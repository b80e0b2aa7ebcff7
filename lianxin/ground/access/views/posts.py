"""Posts that wait for a successor: the list, giving one away, and finding that one needs nobody."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lianxin.ground.access.answering import reach
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.access.duties import Duty, duties
from lianxin.ground.access.errors import PostSettled
from lianxin.ground.access.forms import sent
from lianxin.ground.access.forms.posts import DismissForm, FillForm
from lianxin.ground.access.models import Grant
from lianxin.ground.core import asking
from lianxin.ground.core.forms import Act
from lianxin.ground.core.views.acting import act_page


@require_safe
@needs("access.grant")
def posts(request: HttpRequest) -> HttpResponse:
    """The posts that wait for a successor, each with who is proposed: one press grants."""
    far = reach(request.user, "access.grant")
    return render(request, "access/posts.html", {"posts": duties(filter(far.covers, Grant.objects.left_empty()))})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("access.grant")
def fill_post(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Grant the post to who is proposed, or choose another."""
    form = FillForm(_post(request, pk), request.user, sent(request), words=asking.words(request))
    return _page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("access.grant")
def dismiss_post(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask why, and let the post wait no longer."""
    return _page(request, DismissForm(_post(request, pk), sent(request)))


def _post(request: HttpRequest, pk: UUID) -> Duty:
    """The post in words; 404 for a grant of somebody who has not left, 403 out of reach. Raises PostSettled."""
    left = Grant.objects.select_related("user", "proposed_heir").filter(ended_at__isnull=False, user__is_active=False)
    post = get_object_or_404(left, pk=pk)
    demand(request.user, "access.grant", post)
    duty = duties([post])[0]
    if post.proposed_heir is None:
        raise PostSettled(duty.role)
    return duty


def _page(request: HttpRequest, form: Act) -> HttpResponse:
    return act_page(request, form, of=_("等人接任的职务"), back=reverse("access:posts"), note=_whose(form.thing))


def _whose(post: Duty) -> str:
    """Which post it is, who left it, and who is proposed."""
    told = {"post": post, "name": post.grant.user.name, "heir": post.grant.proposed_heir}
    return _("%(post)s：%(name)s离任时，提的接手人是%(heir)s。") % told
