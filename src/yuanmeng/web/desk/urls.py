"""Addresses of the desk. A person stands in an address by pseudonym only."""

from __future__ import annotations

from django.urls import path

from yuanmeng.web.desk import caseload, finding, home, people, referring, results, todos, walk_in

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("todos/<str:uid>/done", todos.done, name="done"),
    path("todos/<str:uid>/postponement", todos.postponed, name="postponed"),
    path("todos/<str:uid>/owner", todos.taken, name="taken"),
    path("todos/<str:uid>/reopening", todos.reopened, name="reopened"),
    path("todos/<str:uid>/check", todos.checked, name="checked"),
    path("vacancies/", todos.vacancies, name="vacancies"),
    path("people/", finding.people, name="people"),
    path("people/new/", walk_in.walk_in, name="walk_in"),
    path("people/<str:uid>/", people.person, name="person"),
    path("people/<str:uid>/contact", people.contacted, name="contacted"),
    path("people/<str:uid>/todos", people.reminded, name="reminded"),
    path("people/<str:uid>/visit", people.visit, name="visit"),
    path("people/<str:uid>/owner", people.taken_on, name="taken_on"),
    path("people/<str:uid>/wishes/", people.wished, name="wishes"),
    path("people/<str:uid>/vacancies/", referring.vacancies, name="choose"),
    path("people/<str:uid>/vacancies/<str:vacancy_uid>/", referring.refer, name="refer"),
    path("suggestions/<str:uid>/refusal", people.not_for_them, name="not_for_them"),
    path("referrals/<str:uid>/refusal", referring.declined, name="declined"),
    path("applications/<str:uid>/hire/", results.hired, name="hired"),
    path("applications/<str:uid>/receipt.pdf", results.receipt_pdf, name="receipt"),
    path("records/<str:uid>/correction/", results.corrected, name="corrected"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("caseload/export.<str:kind>", caseload.export, name="export"),
]
