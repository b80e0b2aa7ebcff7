"""Residents who follow a matter, and everybody who reads what is public."""

from django.urls import URLPattern, path

from lianxin.affairs.opinions.views.follow import acts, entering, matter, wechat
from lianxin.affairs.opinions.views.public import matters, numbers

urlpatterns: list[URLPattern] = [
    path("follow/", entering.follow, name="follow"),
    path("follow/link/", entering.link, name="follow_link"),
    path("follow/leave/", entering.leave, name="follow_leave"),
    path("follow/matter/", matter.matter, name="matter"),
    path("follow/matter/rating/", matter.rate, name="matter_rate"),
    path("follow/matter/calendar/", matter.calendar, name="matter_calendar"),
    path("follow/matter/files/<uuid:pk>/", matter.file, name="matter_file"),
    path("follow/matter/messages/", acts.tell_me, name="matter_messages"),
    path("follow/matter/wechat/", wechat.choose, name="matter_wechat"),
    path("follow/matter/wechat/back/", wechat.come_back, name="matter_wechat_back"),
    path("follow/matter/add/", acts.add, name="matter_add"),
    path("follow/matter/withdraw/", acts.withdraw, name="matter_withdraw"),
    path("follow/matter/<slug:verb>/", acts.act, name="matter_act"),
    path("opinions/", matters.matters, name="public"),
    path("opinions/<slug:number>/", matters.matter, name="public_matter"),
    path("opinions/<slug:number>/echo/", matters.echo, name="public_echo"),
    path("opinions/<slug:number>/files/<uuid:pk>/", matters.file, name="public_file"),
    path("figures/", numbers.numbers, name="figures"),
]
