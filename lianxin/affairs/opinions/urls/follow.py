"""Residents who follow a matter."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
