"""Who may come in: the list, one person, inviting, opening anew, leaving."""

from uuid import UUID

from axes.models import AccessLog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianxin.ground.access import actions, can, open_work
from lianxin.ground.access.answering import known_roles
from lianxin.ground.access.colleagues import who_may_do_business
from lianxin.ground.access.doors import demand, needs
from lianxin.ground.access.duties import duties
from lianxin.ground.access.errors import OfficeNotHandedOn, ReopenedAtTheServer
from lianxin.ground.access.forms import sent
from lianxin.ground.access.forms.staff import InviteForm, LeaveForm
from lianxin.ground.access.lockout import is_locked_anywhere
from lianxin.ground.access.models import Grant, Invitation, User
from lianxin.ground.access.models.user import UserQuerySet
from lianxin.ground.access.policy import Answer
from lianxin.ground.core import asking
from lianxin.ground.core.clock import now, today
from lianxin.ground.core.errors import RuleError
from lianxin.ground.core.paging import page_by_key
from lianxin.ground.core.toasts import tell
from lianxin.ground.core.views.timeline import timeline_about

SHOWN_ONCE = "link_shown_once"


@require_safe
@needs("access.see_staff")
def staff(request: HttpRequest) -> HttpResponse:
    """The list, by username; `state` and `q` choose."""
    state, words = (request.GET.get(key, "").strip() for key in ("state", "q"))
    users = in_state(User.objects.visible_to(request.user), state)
    page = page_by_key(users.named_like(words) if words else users, ["username"], request.GET)
    shown = {
        "page": page,
        "rows": with_duties(page.rows),
        "tabs": [tab | {"href": f"?state={tab['state']}", "is_current": tab["state"] == state} for tab in tabs()],
        "state": state,
        "words": words,
        "may_invite": can(request.user, "access.invite"),
    }
    return render(request, "access/staff.html", shown)


def tabs() -> list[dict[str, str]]:
    """The states to choose from."""
    return [
        {"state": "", "label": _("在任")},
        {"state": "waiting", "label": _("等本人开通")},
        {"state": "idle", "label": _("还没有授权")},
        {"state": "left", "label": _("已离任")},
    ]


def in_state(users: UserQuerySet, state: str) -> UserQuerySet:
    """Users in one state: `waiting` to come in, `idle` without any grant, `left`; otherwise all who have not left."""
    return {
        "waiting": users.waiting_to_come_in(),
        "idle": users.without_grants(),
        "left": users.filter(is_active=False),
    }.get(state, users.filter(is_active=True))


def with_duties(users: list[User]) -> list[dict[str, object]]:
    """The users with what each may do today."""
    told = duties(Grant.objects.in_force(today()).filter(user__in=users).order_by("pk"))
    return [{"user": user, "duties": [duty for duty in told if duty.grant.user_id == user.pk]} for user in users]


@require_safe
@needs("access.see_staff")
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: grants, what can be done, and what was recorded."""
    user = _visible(request, pk)
    timeline = timeline_about(request, "user", user.pk)
    if timeline.is_asked_for_alone:
        return timeline.alone()
    grants = list(Grant.objects.filter(user=user).order_by("-starts_on", "-pk"))
    running = set(Grant.objects.filter(user=user).running(today()).values_list("pk", flat=True))
    told = duties(grants)
    shown = {
        "person": user,
        "running": [duty for duty in told if duty.grant.pk in running],
        "ended": [duty for duty in told if duty.grant.pk not in running],
        "link": request.session.pop(SHOWN_ONCE, {}).get(str(pk)),
        "invitation": Invitation.objects.open(now()).filter(user=user).first(),
        "last_sign_in": AccessLog.objects.filter(username=user.username).order_by("-pk").first(),
        "is_locked": is_locked_anywhere(user.username),
        "may": {verb: _may(request, verb, user) for verb in ("grant", "reinvite", "leave")},
        "timeline": timeline,
    }
    return render(request, "access/person.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("access.invite")
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody: the page of the new person shows the link once."""
    form = InviteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            user, code = actions.invite(**form.cleaned_data, by=request.user.pk, at=now())
        except RuleError as refused:
            form.add_error("username", str(refused))
        else:
            return _show_link(request, user, code)
    return render(request, "access/invite.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("access.reinvite")
def reinvite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask once, then close every way in, and show a new link once."""
    user = _visible(request, pk)
    demand(request.user, "access.reinvite", user)
    if request.method != "POST":
        return render(request, "access/reinvite.html", {"person": user})
    return _show_link(request, user, actions.reinvite(user, by=request.user.pk, at=now()))


@require_POST
@needs("access.reinvite")
def unlock(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget the failed sign-ins."""
    user = _visible(request, pk)
    demand(request.user, "access.reinvite", user)
    actions.unlock(user, by=request.user.pk, at=now())
    tell(request, _("锁定已解除，%(name)s现在就可以再登录。") % {"name": user.name})
    return redirect("access:person", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("access.leave")
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The person leaves; what is open goes to the chosen colleague."""
    user = _visible(request, pk)
    demand(request.user, "access.leave", user)
    words = asking.words(request)
    work, posts = open_work.open_of(user), actions.posts_of(user, on=today())
    form = LeaveForm(_colleagues(request, user, words), sent(request), is_heir_needed=bool(work or posts))
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave(user, form.cleaned_data["heir"], by=request.user.pk, at=now())
        except RuleError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, _told_of_leaving(user))
            return redirect("access:person", pk)
    office = next((duty for duty in duties(posts) if known_roles().is_office(duty.grant.role)), None)
    shown = {
        "person": user,
        "form": form,
        "words": words,
        "open": work,
        "posts": duties(posts),
        "may_grant": all(can(request.user, "access.grant", post) for post in posts),
        "not_yet": OfficeNotHandedOn(user, office.role) if office else "",
    }
    return render(request, "access/leave.html", shown, status=422 if form.errors else 200)


def _told_of_leaving(user: User) -> str:
    """That it is done, and how many posts wait for who may grant."""
    waiting = Grant.objects.left_empty().filter(user=user).count()
    if not waiting:
        return _("%(name)s已经离任，登录已关闭。") % {"name": user.name}
    told = ngettext(
        "%(name)s已经离任，登录已关闭。%(count)d个职务等安全管理员授权给接手的人。",
        "%(name)s已经离任，登录已关闭。%(count)d个职务等安全管理员授权给接手的人。",
        waiting,
    )
    return told % {"name": user.name, "count": waiting}


def _visible(request: HttpRequest, pk: UUID) -> User:
    """The user, with grants read beforehand; 404 where this person may not see them."""
    return get_object_or_404(User.objects.visible_to(request.user).prefetch_related("grants"), pk=pk)


def _colleagues(request: HttpRequest, user: User, words: str) -> UserQuerySet:
    """Who could take over from the user: whoever may be given business, and has come in."""
    fit = who_may_do_business(request.user).filter(joined_at__isnull=False).exclude(pk=user.pk)
    return fit.named_like(words) if words else fit


def _may(request: HttpRequest, verb: str, user: User) -> Answer:
    """Whether this person may do it to `user`, and why not; nobody does it to themselves."""
    answer = can(request.user, f"access.{verb}", user)
    if answer and user.pk == request.user.pk:
        return Answer(False, _("不能给自己办，请另一位管理员来办。"))
    if answer and verb == "reinvite" and actions.is_administrator(user, now()):
        return Answer(False, str(ReopenedAtTheServer(user)))
    return answer


def _show_link(request: HttpRequest, user: User, code: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("access:invitation")) + f"#{code}"
    request.session[SHOWN_ONCE] = {str(user.pk): link}
    return redirect("access:person", user.pk)
