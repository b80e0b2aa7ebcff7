"""The residents' door."""

from django.urls import path

from lianxin.account.publishing.views import announcements, calls, feeds, find, heard, help, home, news, photos, posters

app_name = "publishing"
urlpatterns = [
    path("", home.home, name="home"),
    path("find/", find.find, name="find"),
    path("find/own/", find.own_place, name="own_place"),
    path("find/<uuid:pk>/", find.standing, name="standing"),
    path("people/<uuid:pk>/heard/", heard.by_deputy, name="heard_by"),
    path("stations/<uuid:pk>/heard/", heard.at_station, name="heard_at"),
    path("people/<uuid:pk>/card/", posters.deputy, name="card"),
    path("stations/<uuid:pk>/poster/", posters.station, name="poster"),
    path("stations/<uuid:pk>/photos/<uuid:photo>/", photos.public, name="public_photo"),
    path("desk/stations/<uuid:pk>/photos/", photos.desk, name="photos"),
    path("desk/stations/<uuid:pk>/photos/<uuid:photo>/", photos.photo, name="photo"),
    path("news/", news.news, name="news"),
    path("news/<uuid:pk>/", news.item, name="news_item"),
    path("news/<uuid:pk>/files/<uuid:file>/", news.attachment, name="news_file"),
    path("news/<uuid:pk>/answer/", calls.answer, name="answer"),
    path("news/<uuid:pk>/answered/", calls.answered, name="answered"),
    path("desk/news/<uuid:pk>/questions/", calls.questions, name="questions"),
    path("desk/news/<uuid:pk>/answers/", calls.answers, name="answers"),
    path("desk/news/<uuid:pk>/answers/workbook/", calls.workbook, name="answers_workbook"),
    path("desk/news/<uuid:pk>/answers/<uuid:answer>/", calls.judge, name="answer_act"),
    path("feeds/news.atom", news.feed, name="news_feed"),
    path("desk/news/", announcements.announcements, name="announcements"),
    path("desk/news/list.xlsx", announcements.workbook, name="workbook"),
    path("desk/news/new/", announcements.new, name="new_announcement"),
    path("desk/news/<uuid:pk>/", announcements.announcement, name="announcement"),
    path("desk/news/<uuid:pk>/edit/", announcements.edit, name="edit_announcement"),
    path("desk/news/<uuid:pk>/review/", announcements.review, name="review"),
    path("desk/news/<uuid:pk>/files/", announcements.attach, name="attach"),
    path("desk/news/<uuid:pk>/files/<uuid:file>/", announcements.attachment, name="attachment"),
    path("desk/news/<uuid:pk>/consent-sheet/", announcements.sheet, name="consent_sheet"),
    path("desk/news/<uuid:pk>/<slug:kind>/", announcements.act, name="announcement_act"),
    path("feeds/opinions.atom", feeds.opinions, name="feed"),
    path("feeds/station/<uuid:pk>.atom", feeds.station, name="feed_of_station"),
    path("feeds/deputy/<uuid:pk>.atom", feeds.deputy, name="feed_of_deputy"),
    path("feeds/case/<slug:number>.atom", feeds.case, name="feed_of_case"),
    path("help/", help.contents, name="help"),
    path("help/<slug:name>/", help.chapter, name="chapter"),
    path(".well-known/security.txt", help.security, name="security"),
]
