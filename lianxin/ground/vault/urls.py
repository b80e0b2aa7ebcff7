"""Pages of the vault."""

from django.urls import path

from lianxin.ground.vault.views import openings

app_name = "vault"
urlpatterns = [
    path("desk/vault/", openings.own, name="own"),
    path("desk/vault/review/", openings.review, name="review"),
    path("desk/vault/openings/<uuid:pk>/", openings.opening, name="opening"),
]
