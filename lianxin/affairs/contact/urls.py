"""Pages about ties and households."""

from django.urls import path

from lianxin.affairs.contact.views import deputies, households, ties, uploads

app_name = "contact"
urlpatterns = [
    path("desk/ties/", ties.ties, name="ties"),
    path("desk/ties/below/", ties.below, name="below"),
    path("desk/ties/new/", ties.choose, name="choose"),
    path("desk/ties/new/<slug:code>/<uuid:mandate>/", ties.new, name="new"),
    path("desk/ties/upload/", uploads.upload, name="upload"),
    path("desk/ties/upload/template.xlsx", uploads.template, name="template"),
    path("desk/ties/uploads/<uuid:pk>/", uploads.uploaded, name="uploaded"),
    path("desk/ties/uploads/<uuid:pk>/take/", uploads.take, name="take"),
    path("desk/ties/<uuid:pk>/", ties.tie, name="tie"),
    path("desk/ties/<uuid:pk>/end/", ties.end, name="end"),
    path("desk/ties/households/", households.households, name="households"),
    path("desk/ties/households/new/", households.choose_place, name="choose_place"),
    path("desk/ties/households/new/<uuid:place>/", households.add, name="add"),
    path("desk/ties/households/<uuid:pk>/", households.household, name="household"),
    path("desk/ties/households/<uuid:pk>/identity/", households.identity, name="identity"),
    path("desk/ties/households/<uuid:pk>/<slug:kind>/", households.act, name="act"),
    path("me/ties/", deputies.own, name="own"),
    path("me/ties/<uuid:pk>/identity/", households.own_identity, name="own_identity"),
]
