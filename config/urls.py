"""Which app answers which address. Each app names its own pages in its urls.py."""

from django.urls import include, path

urlpatterns = [
    path("", include("lianxin.account.bulletin.urls")),
    path("", include("lianxin.account.publishing.urls")),
    path("", include("lianxin.account.duty.urls")),
    path("", include("lianxin.doors.desks.urls")),
    path("", include("lianxin.affairs.suggestions.urls")),
    path("", include("lianxin.affairs.opinions.urls")),
    path("", include("lianxin.affairs.contact.urls")),
    path("", include("lianxin.affairs.stations.urls")),
    path("", include("lianxin.ground.messages.urls")),
    path("", include("lianxin.ground.documents.urls")),
    path("", include("lianxin.ground.people.urls")),
    path("", include("lianxin.ground.vault.urls")),
    path("", include("lianxin.ground.core.urls")),
    path("", include("lianxin.ground.access.urls")),
    path("accounts/", include("lianxin.ground.access.signing_urls")),
]

handler400 = "lianxin.ground.core.views.errors.bad_request"
handler403 = "lianxin.ground.core.views.errors.forbidden"
handler404 = "lianxin.ground.core.views.errors.not_found"
handler500 = "lianxin.ground.core.views.errors.failure"
