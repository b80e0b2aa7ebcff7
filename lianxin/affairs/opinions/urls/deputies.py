"""Matters that deputies hold."""

from django.urls import path

from lianxin.affairs.opinions.views import deputies

urlpatterns = [
    path("me/opinions/", deputies.matters, name="deputy_matters"),
    path("me/opinions/list.xlsx", deputies.workbook, name="deputy_workbook"),
    path("me/opinions/<uuid:pk>/", deputies.matter, name="deputy_matter"),
    path("me/opinions/<uuid:pk>/files/<uuid:file>/", deputies.file, name="deputy_file"),
    path("me/opinions/<uuid:pk>/<slug:kind>/", deputies.act, name="deputy_act"),
]
