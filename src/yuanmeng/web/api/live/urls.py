"""The address of the live news."""

from __future__ import annotations

from django.urls import path

from yuanmeng.web.api.live import views

app_name = "live"
urlpatterns = [path("live", views.once, name="stream")]
