"""Pages about people and places."""

from django.urls import path

from lianxin.ground.people.views import bodies, districts, mandates, persons, regions, roster, units

app_name = "people"
urlpatterns = [
    path("places/", regions.places, name="places"),
    path("places/<uuid:pk>/", regions.place, name="place"),
    path("places/<uuid:pk>/<slug:kind>/", regions.change, name="place_change"),
    path("districts/", districts.districts, name="districts"),
    path("districts/<uuid:pk>/", districts.district, name="district"),
    path("districts/<uuid:pk>/<slug:kind>/", districts.act, name="district_act"),
    path("people/", persons.deputies, name="deputies"),
    path("people/<uuid:pk>/", persons.person, name="person"),
    path("people/<uuid:pk>/amend/", mandates.amend, name="amend"),
    path("people/<uuid:pk>/link/", mandates.link, name="link"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/<uuid:pk>/", bodies.body, name="body"),
    path("bodies/<uuid:pk>/district/", districts.draw, name="draw"),
    path("bodies/<uuid:pk>/deputy/", bodies.add_deputy, name="add_deputy"),
    path("bodies/<uuid:pk>/<slug:kind>/", bodies.act, name="body_act"),
    path("units/", units.units, name="units"),
    path("units/new/", units.establish, name="unit_establish"),
    path("units/<uuid:pk>/", units.unit, name="unit"),
    path("units/<uuid:pk>/<slug:kind>/", units.act, name="unit_act"),
    path("desk/sessions/<uuid:pk>/", bodies.session, name="session"),
    path("desk/mandates/<uuid:pk>/<slug:kind>/", mandates.act, name="mandate_act"),
    path("desk/units/list.xlsx", units.workbook, name="units_workbook"),
    path("desk/bodies/list.xlsx", bodies.workbook, name="bodies_workbook"),
    path("desk/sessions/list.xlsx", bodies.sessions_workbook, name="sessions_workbook"),
    path("desk/roster/", roster.roster, name="roster"),
    path("desk/roster/workbook/", roster.export, name="roster_export"),
    path("desk/roster/<uuid:pk>/", roster.upload, name="roster_upload"),
    path("desk/roster/<uuid:pk>/take/", roster.take, name="roster_take"),
]
