"""Phones of the town, logged in by code."""

from __future__ import annotations

from datetime import datetime

from django.test import Client

from yuanmeng.applications.models import Application
from yuanmeng.people import sessions
from yuanmeng.people.models import User
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy


def logged_in(seeker: Seeker, at: datetime) -> Client:
    """The phone of a seeker who has logged in by code."""
    user = User(username=f"phone-{seeker.uid[:8]}", made_at=at, person=seeker.person)
    user.set_phone(seeker.person.phone)
    user.set_unusable_password()
    user.save()
    client = Client()
    client.force_login(user)
    session = client.session
    sessions.open_as(session, "seeker", at=at)
    session.save()
    return client


def sent_by(seeker: Seeker, vacancy: Vacancy, *, at: datetime, via: str = "phone_web") -> Application:
    """Return the application of somebody who is logged in."""
    return Application.submit(
        seeker=seeker, vacancy=vacancy, via=via, by=seeker.person.user, at=at, consent_text="…",
        consent_version="1",
    )  # fmt: skip
