"""The library's pages of recovery codes, where those that are stored may not open."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as library
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.views.generic import FormView

from lianxin.ground.access.errors import SecretUnopenable
from lianxin.ground.access.models import User
from lianxin.ground.access.ways import opens

View = Callable[..., HttpResponseBase]


def codes_open(user: User | AnonymousUser) -> bool:
    """Whether all stored recovery codes of the user open; ask inside a request of theirs."""
    stored = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES)
    return all(opens(key) for key in stored)


def shown(view: View) -> View:
    """A page that shows the codes; raises SecretUnopenable where they do not open, or are another secret."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not codes_open(request.user):
            raise SecretUnopenable
        return view(request, *args, **kwargs)

    return answered


class GenerateRecoveryCodes(library.GenerateRecoveryCodesView):
    """换一批恢复码 Codes that do not open are not counted: new ones take their place all the same."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows; without the library's count where there is nothing to count."""
        if codes_open(self.request.user):
            return super().get_context_data(**kwargs)
        return FormView.get_context_data(self, **kwargs)
