"""Deputies who answer."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
