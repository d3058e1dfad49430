"""The code words of counselling (data/reference/code_lists.json), said for people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FollowUpKind(models.TextChoices):
    """Why something is to be done."""

    NEW_APPLICATION = "new_application", _("New application")
    SILENT_APPLICATION = "silent_application", _("No answer for two weeks")
    REFERRAL_ANSWER = "referral_answer", _("Ask whether the proposal suits")
    REFERRAL_RESULT = "referral_result", _("Ask for the result of a referral")
    CONTACT_DUE = "contact_due", _("Contact due")
    RETENTION = "retention", _("Ask how the new job goes")
    VACANCY_RECHECK = "vacancy_recheck", _("Check whether the vacancy still stands")
    REPORT = "report", _("A citizen's report")
    HELP_WANTED = "help_wanted", _("Somebody asked for help")
    BY_HAND = "by_hand", _("Own reminder")


class FollowUpState(models.TextChoices):
    OPEN = "open", pgettext_lazy("to-do", "Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("No longer needed")


class ServiceKind(models.TextChoices):
    """Reference list service_kind."""

    REGISTRATION = "registration", _("Registration")
    POLICY_TALK = "policy_talk", _("Policy talk")
    GUIDANCE = "guidance", _("Career guidance")
    REFERRAL = "referral", pgettext_lazy("service", "Referral")
    TRAINING = "training", _("Training")
    TRAINEESHIP = "traineeship", _("Traineeship")
    CONTACT = "contact", pgettext_lazy("service", "Contact")
    CONSULTATION = "consultation", _("Consultation")
    EVENT = "event", _("Event")
    REHEARSAL = "rehearsal", _("Mock interview")
    ASSISTANCE = "assistance", _("Assistance")
    VISIT = "visit", _("Enterprise visit")
    DEMAND = "demand", _("Enterprise demand")
    RETENTION_CHECK = "retention_check", _("Retention check")
    STARTUP = "startup", _("Start-up advice")
    APPLICATION = "application", _("Application service")


class Channel(models.TextChoices):
    """How somebody was spoken with (reference list contact_way)."""

    PHONE = "phone", pgettext_lazy("contact", "Telephone")
    WECHAT = "wechat", _("WeChat")
    DESK = "desk", _("At the desk")
    SMS = "sms", pgettext_lazy("contact", "Text message")
    VISIT = "visit", _("Visit at home")
    OTHER = "other", pgettext_lazy("contact", "Other")


class ContactResult(models.TextChoices):
    """What came of trying (reference list contact_result)."""

    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("Nobody answered")
    LATER = "later", _("Another time agreed")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    REFUSED = "refused", _("Does not want the service")
    MOVED = "moved", _("Moved away")


class RetentionResult(models.TextChoices):
    """What a retention check found."""

    STILL_THERE = "still_there", _("Still at this job")
    LEFT = "left", _("Has left the job")
    UNREACHABLE = "unreachable", pgettext_lazy("contact", "Could not be reached")


class RecheckResult(models.TextChoices):
    """What an employer said about a vacancy that was checked again."""

    STILL_OPEN = "still_open", _("Still looking for people")
    FILLED = "filled", pgettext_lazy("recheck", "Post filled")
    NO_ANSWER = "no_answer", _("Nobody answered")
