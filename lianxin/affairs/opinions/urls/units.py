"""Units that handle."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
