"""Addresses of the office surface."""

from __future__ import annotations

from django.urls import path

from yuanmeng.web.office import (
    accounts,
    decisions,
    figures,
    home,
    imports,
    mandates,
    records,
    reviews,
    rows,
    verification,
)

app_name = "office"
urlpatterns = [
    path("", home.home, name="home"),
    path("imports/", imports.listed, name="imports"),
    path("imports/<slug:uid>/", rows.show, name="batch"),
    path("imports/<slug:uid>/commit", imports.commit, name="commit"),
    path("imports/<slug:uid>/discarding", imports.discard, name="discard"),
    path("imports/<slug:uid>/rollback", imports.rollback, name="rollback"),
    path("imports/<slug:uid>/refused", imports.refused, name="refused"),
    path("imports/<slug:uid>/handing-in", imports.hand_in, name="hand_in"),
    path("imports/<slug:uid>/rows/<slug:row>/answer", rows.resolve, name="resolve"),
    path("verification/", verification.listed, name="verification"),
    path("verification/mandates/<slug:uid>/answer", mandates.answer, name="answer_mandate"),
    path("verification/<slug:uid>/", verification.show, name="organisation"),
    path("verification/<slug:uid>/answer", verification.answer, name="verify"),
    path("reviews/", reviews.listed, name="reviews"),
    path("reviews/publication", reviews.publish_many, name="publish_many"),
    path("reviews/<slug:uid>/", reviews.show, name="review"),
    path("reviews/<slug:uid>/answer", decisions.answer, name="decide"),
    path("reviews/<slug:uid>/lift", decisions.lift, name="lift"),
    path("reviews/<slug:uid>/reports/<slug:report>", decisions.settle, name="settle"),
    path("accounts/", accounts.listed, name="accounts"),
    path("accounts/new", accounts.new, name="new_account"),
    path("accounts/<slug:uid>/", accounts.show, name="account"),
    path("accounts/<slug:uid>/suspension", accounts.suspend, name="suspend"),
    path("accounts/<slug:uid>/secrets", accounts.renew, name="renew"),
    path("accounts/<slug:uid>/memberships", accounts.give, name="give"),
    path("accounts/<slug:uid>/memberships/<slug:membership>", accounts.take, name="take"),
    path("audit/", records.listed, name="audit"),
    path("audit/export", records.export, name="audit_export"),
    path("audit/check", records.check, name="audit_check"),
    path("figures/", figures.show, name="figures"),
]
