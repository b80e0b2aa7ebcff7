"""Addresses of opinions, by who is at the door."""

from lianxin.affairs.opinions.urls import deputies, desk, follow, tell, units

app_name = "opinions"
urlpatterns = [*tell.urlpatterns, *follow.urlpatterns, *desk.urlpatterns, *units.urlpatterns, *deputies.urlpatterns]
