"""Addresses for machines."""

from __future__ import annotations

from django.urls import path

from yuanmeng.ops import health

app_name = "ops"
urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
]
