"""Opening who an author is."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lianxin.affairs.opinions.views.desk.case import opinion_of
from lianxin.ground.access.doors import needs
from lianxin.ground.vault.views.identities import OPEN, identity_page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(OPEN)
def identity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask what for, then show name and contact once."""
    opinion = opinion_of(request, pk)
    told = {
        "of": opinion.case.number,
        "back": opinion.get_absolute_url(),
        "note": _("办事、答复不用看：平台会替您转达。"),
    }
    return identity_page(request, opinion.pk, opinion, **told)
