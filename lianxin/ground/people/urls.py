"""Pages about people and places."""

from django.urls import path

from lianxin.ground.people.views import persons, roster

app_name = "people"
urlpatterns = [
    path("people/", persons.deputies, name="deputies"),
    path("people/<uuid:pk>/", persons.person, name="person"),
    path("desk/roster/", roster.roster, name="roster"),
    path("desk/roster/workbook/", roster.export, name="roster_export"),
    path("desk/roster/<uuid:pk>/", roster.upload, name="roster_upload"),
    path("desk/roster/<uuid:pk>/take/", roster.take, name="roster_take"),
]
