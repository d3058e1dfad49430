"""Addresses of the wall surface."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "wall"
urlpatterns: list[URLPattern] = []
