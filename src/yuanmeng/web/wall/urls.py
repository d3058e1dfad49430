"""Addresses of the wall surface."""

from __future__ import annotations

from django.urls import path

from yuanmeng.web.wall import offline, views

app_name = "wall"
urlpatterns = [
    path("", views.wall, name="wall"),
    path("worker.js", offline.worker, name="worker"),
]
