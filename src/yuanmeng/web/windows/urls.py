"""Addresses of the display windows."""

from __future__ import annotations

from django.urls import path

from yuanmeng.web.windows import files, offline, views

app_name = "windows"
urlpatterns = [
    path("", views.home, name="home"),
    path("worker.js", offline.worker, name="worker"),
    path("files/<str:sha256>", files.file, name="file"),
    path("<slug:uid>/", views.player, name="player"),
]
