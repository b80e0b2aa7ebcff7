"""The page of messages."""

from django.urls import path

from lianxin.ground.messages import views

app_name = "messages"
urlpatterns = [path("messages/stop/", views.stop, name="stop")]
