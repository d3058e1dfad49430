"""Addresses of the citizen surface."""

from __future__ import annotations

from django.urls import path

from yuanmeng.web.citizen import (
    apply,
    baskets,
    browse,
    favourites,
    mine,
    phone,
    profile,
    programme,
    report,
    rights,
    suggestions,
)

app_name = "citizen"
urlpatterns = [
    path("", browse.home, name="home"),
    path("vacancies/", browse.vacancies, name="vacancies"),
    path("map/", browse.vacancies, {"with_map": True}, name="map"),
    path("vacancies/<slug:uid>/", browse.vacancy, name="vacancy"),
    path("vacancies/<slug:uid>/qr.svg", browse.vacancy_qr, name="vacancy_qr"),
    path("vacancies/<slug:uid>/application", apply.apply, name="apply"),
    path("vacancies/<slug:uid>/favourite", favourites.favourite, name="favourite"),
    path("vacancies/<slug:uid>/report", report.report, name="report"),
    path("programme/", programme.month, name="programme"),
    path("programme/poster.pdf", programme.poster, name="poster"),
    path("programme/<slug:uid>/", programme.session, name="session"),
    path("programme/<slug:uid>/calendar.ics", programme.calendar, name="session_calendar"),
    path("programme/<slug:uid>/qr.svg", programme.session_qr, name="session_qr"),
    path("basket/", baskets.basket, name="basket"),
    path("basket/<str:token>/", baskets.open_basket, name="open_basket"),
    path("me/", mine.overview, name="me"),
    path("me/start", mine.start, name="start"),
    path("me/applications/", mine.applications, name="applications"),
    path("me/applications/<slug:uid>/", mine.application, name="application"),
    path("me/applications/<slug:uid>/receipt.pdf", mine.receipt_pdf, name="receipt"),
    path("me/applications/<slug:uid>/withdrawal", mine.withdraw, name="withdraw"),
    path("me/referrals/<slug:uid>/answer", mine.answer_referral, name="answer_referral"),
    path("me/favourites/", favourites.favourites, name="favourites"),
    path("me/recommendations/", suggestions.recommendations, name="recommendations"),
    path("me/recommendations/<slug:uid>/answer", suggestions.answer, name="answer"),
    path("me/recommendations/<slug:uid>/return", suggestions.bring_back, name="bring_back"),
    path("me/profile", profile.edit, name="profile"),
    path("me/resume", profile.resume, name="resume"),
    path("me/search", profile.looking, name="looking"),
    path("me/privacy/", rights.overview, name="privacy"),
    path("me/privacy/recommendations", rights.switch, name="switch"),
    path("me/privacy/choices", rights.forget_choices, name="forget_choices"),
    path("me/privacy/employers", rights.suggested_to_employers, name="suggested_to_employers"),
    path("me/privacy/school", rights.school, name="school"),
    path("me/privacy/consents/<slug:uid>/withdrawal", rights.withdraw_consent, name="withdraw_consent"),
    path("me/privacy/hidden", rights.hide, name="hide"),
    path("me/privacy/hidden/<slug:uid>/end", rights.show_again, name="show_again"),
    path("me/privacy/code", rights.code, name="code"),
    path("me/privacy/phone", phone.change, name="phone"),
    path("me/privacy/export", rights.export, name="export"),
    path("me/privacy/deletion", rights.deletion, name="deletion"),
]
