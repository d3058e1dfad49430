"""Addresses of the kiosk surface."""

from __future__ import annotations

from django.urls import path

from yuanmeng.web.kiosk import applying, browse, entering, keeping, offline, suiting, taking

app_name = "kiosk"
urlpatterns = [
    path("", browse.home, name="home"),
    path("vacancies/", browse.vacancies, name="vacancies"),
    path("vacancies/<str:uid>/", browse.vacancy, name="vacancy"),
    path("vacancies/<str:uid>/application/", applying.apply, name="apply"),
    path("vacancies/<str:uid>/favourite/", keeping.favourite, name="favourite"),
    path("vacancies/<str:uid>/basket/", taking.put, name="put"),
    path("basket/", taking.basket, name="basket"),
    path("basket/state/", taking.state, name="state"),
    path("offline/", offline.page, name="offline"),
    path("worker.js", offline.worker, name="worker"),
    path("suits/", suiting.suits, name="suits"),
    path("suits/<str:uid>/answer/", suiting.answer, name="answer"),
    path("suits/<str:uid>/return/", suiting.bring_back, name="bring_back"),
    path("thanks/", applying.done, name="done"),
    path("phone/", entering.phone, name="phone"),
    path("code/", entering.code, name="code"),
    path("mine/", entering.mine, name="mine"),
    path("help/", browse.help_page, name="help"),
    path("end/", entering.end, name="end"),
]
