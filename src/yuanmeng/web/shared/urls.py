"""Addresses every surface may link to."""

from __future__ import annotations

from django.urls import path

from yuanmeng.web.shared import accounts, installing, pages

app_name = "shared"
urlpatterns = [
    path("login/", accounts.password_login, name="login"),
    path("login/phone/", accounts.phone_login, name="phone_login"),
    path("logout/", accounts.logout, name="logout"),
    path("account/sessions/", accounts.logged_in, name="sessions"),
    path("account/sessions/others/end", accounts.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<slug:uid>/end", accounts.end_session, name="end_session"),
    path("privacy/", pages.privacy, name="privacy"),
    path("help/", pages.help_page, name="help"),
    path("app.webmanifest", installing.webmanifest, name="webmanifest"),
    path("icon.svg", pages.icon, name="icon"),
    path(".well-known/security.txt", pages.security_txt, name="security_txt"),
    path("csp-report", pages.csp_report, name="csp_report"),
]
