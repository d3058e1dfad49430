"""Addresses of the employer surface."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "employer"
urlpatterns: list[URLPattern] = []
