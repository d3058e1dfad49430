"""Addresses of the kiosk surface."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "kiosk"
urlpatterns: list[URLPattern] = []
