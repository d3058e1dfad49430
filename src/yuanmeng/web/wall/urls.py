"""Addresses of the wall surface."""

from __future__ import annotations

from django.urls import path

from yuanmeng.web.wall import views

app_name = "wall"
urlpatterns = [path("", views.wall, name="wall")]
