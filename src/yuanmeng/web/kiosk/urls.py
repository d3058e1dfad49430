"""Addresses of the kiosk surface."""

from __future__ import annotations

from django.urls import path

from yuanmeng.web.kiosk import applying, browse, entering

app_name = "kiosk"
urlpatterns = [
    path("", browse.home, name="home"),
    path("vacancies/", browse.vacancies, name="vacancies"),
    path("vacancies/<str:uid>/", browse.vacancy, name="vacancy"),
    path("vacancies/<str:uid>/application/", applying.apply, name="apply"),
    path("thanks/", applying.done, name="done"),
    path("phone/", entering.phone, name="phone"),
    path("code/", entering.code, name="code"),
    path("mine/", entering.mine, name="mine"),
    path("help/", browse.help_page, name="help"),
    path("end/", entering.end, name="end"),
]
