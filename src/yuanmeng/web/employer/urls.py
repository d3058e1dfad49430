"""Addresses of the employer surface."""

from __future__ import annotations

from django.urls import path

from yuanmeng.web.employer import (
    answers,
    applicants,
    clients,
    freshness,
    graduates,
    home,
    organisation,
    people,
    posting,
    vacancies,
)

app_name = "employer"
urlpatterns = [
    path("", home.home, name="home"),
    path("as", home.act_for, name="act_for"),
    path("clients/", clients.listed, name="clients"),
    path("clients/<slug:uid>/papers", clients.papers, name="client_papers"),
    path("clients/<slug:uid>/end", clients.end, name="end_mandate"),
    path("graduates/export", graduates.export, name="graduates_export"),
    path("vacancies/", vacancies.listed, name="vacancies"),
    path("vacancies/export", vacancies.export, name="vacancies_export"),
    path("vacancies/confirmation", freshness.confirm, name="confirm"),
    path("vacancies/new", posting.new, name="new"),
    path("vacancies/check", posting.check, name="check"),
    path("vacancies/<slug:uid>/", vacancies.show, name="vacancy"),
    path("vacancies/<slug:uid>/edit", posting.edit, name="edit"),
    path("vacancies/<slug:uid>/check", posting.check, name="check_this"),
    path("vacancies/<slug:uid>/pause", vacancies.pause, name="pause"),
    path("vacancies/<slug:uid>/publication", vacancies.resume, name="resume"),
    path("vacancies/<slug:uid>/closing", vacancies.close, name="close"),
    path("vacancies/<slug:uid>/copy", vacancies.copy, name="copy"),
    path("vacancies/<slug:uid>/people", people.suggested, name="people"),
    path("vacancies/<slug:uid>/people/<slug:person>/referral", people.ask, name="ask_referral"),
    path("vacancies/<slug:uid>/people/<slug:person>/refusal", people.pass_over, name="pass_over"),
    path("vacancies/<slug:uid>/people/<slug:person>/return", people.bring_back, name="bring_back_person"),
    path("applicants/", applicants.listed, name="applicants"),
    path("applicants/export", applicants.export, name="applicants_export"),
    path("applicants/<slug:uid>/", applicants.show, name="applicant"),
    path("applicants/<slug:uid>/answer", answers.answer, name="answer"),
    path("applicants/<slug:uid>/note", answers.note, name="note"),
    path("organisation/", organisation.show, name="organisation"),
    path("organisation/mandates/<slug:uid>", clients.answer, name="answer_mandate"),
    path("organisation/papers", organisation.papers, name="papers"),
    path("organisation/verification", organisation.submit, name="submit_verification"),
]
