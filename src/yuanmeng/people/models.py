"""Accounts, persons, consents, and the traces of proving who one is.

A Person exists without a login (walk-in, import); a User may claim one. Power never comes
from here: it comes from organisations.Membership.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yuanmeng.core.fields import EncryptedField, blind_index
from yuanmeng.core.masking import mask_id, mask_name, mask_phone
from yuanmeng.core.models import Noun
from yuanmeng.core.text import normal


def phone_index_of(phone: str) -> str:
    """Return the blind index of a phone as people type it: widths folded, +86 and spaces gone."""
    digits = "".join(c for c in normal(phone) if c.isdigit())
    return blind_index(digits[2:] if len(digits) == 13 and digits.startswith("86") else digits)


class Sex(models.TextChoices):
    """GB/T 2261.1. Held for statutory forms only; matching never sees it."""

    UNKNOWN = "0", _("Not stated")
    MALE = "1", _("Male")
    FEMALE = "2", _("Female")


class Person(Noun):
    """One person, one file (一人一档). A phone is not an identity; an ID digest is."""

    name = models.CharField(max_length=60)
    phone = EncryptedField(blank=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    email = EncryptedField(blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    id_number = EncryptedField(blank=True)
    id_digest = models.CharField(max_length=64, blank=True)
    committee_code = models.CharField(max_length=12, blank=True)
    committee_name = models.CharField(max_length=40, blank=True)
    address = EncryptedField(blank=True)
    source = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["id_digest"], condition=~Q(id_digest=""), name="one_person_per_id_number"
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="one_person_per_source_key",
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def pseudonym(self) -> str:
        """A short name for lists where the real one may not stand."""
        return f"P-{self.uid[:6].upper()}"

    def set_phone(self, phone: str) -> None:
        """Set the phone together with the index it is found by."""
        self.phone, self.phone_index = phone, phone_index_of(phone)

    def set_id_number(self, number: str) -> None:
        """Set the ID number together with its digest."""
        self.id_number, self.id_digest = number, blind_index(number)

    @property
    def masked_name(self) -> str:
        return mask_name(self.name)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    @property
    def masked_id_number(self) -> str:
        return mask_id(self.id_number)

    def age_on(self, day: date) -> int | None:
        """Return the age in whole years; from a birth year alone, the lower bound."""
        if self.birth_on:
            had_birthday = (day.month, day.day) >= (self.birth_on.month, self.birth_on.day)
            return day.year - self.birth_on.year - (not had_birthday)
        return day.year - self.birth_year - 1 if self.birth_year else None


class UserManager(BaseUserManager["User"]):
    """Makes accounts. There is no superuser: power comes from memberships."""

    def create_user(self, username: str, password: str | None = None, **facts: Any) -> User:
        user = self.model(username=username, **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Noun, AbstractBaseUser):
    """An account that signs in: by password and second factor, or by phone code."""

    username = models.CharField(max_length=80, unique=True)
    display_name = models.CharField(max_length=60, blank=True)
    phone = EncryptedField(blank=True)
    phone_index = models.CharField(max_length=64, blank=True)
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="user"
    )
    totp_secret = EncryptedField(blank=True)
    totp_last_step = models.BigIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    objects = UserManager()

    class Meta:
        constraints = [
            # One seeker account per phone; staff accounts carry none.
            models.UniqueConstraint(
                fields=["phone_index"], condition=~Q(phone_index=""), name="one_account_per_phone"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def actor_key(self) -> str:
        return f"user:{self.uid}"

    def set_phone(self, phone: str) -> None:
        self.phone, self.phone_index = phone, phone_index_of(phone)


class RecoveryCode(models.Model):
    """One of ten hashed codes for the day the second factor is lost."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hmac = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)


class Purpose(models.TextChoices):
    """What a consent is for (PIPL 13, 23, 29). Each is asked for on its own."""

    SERVICE = "service", _("Use of the employment service")
    SEND_TO_EMPLOYER = "send_to_employer", _("Sending a resume to an employer")
    REFERRAL = "referral", _("Being recommended by a counsellor")
    SUGGESTED_TO_EMPLOYERS = "suggested_to_employers", _("Being suggested to employers without a name")
    SCHOOL = "school", _("Letting my school follow how my search goes")
    HARDSHIP = "hardship", _("Handling of hardship details")


class Consent(Noun):
    """What a person agreed to, in which words, how; withdrawing keeps the row and dates it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40, choices=Purpose.choices)
    text_version = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    receiver = models.CharField(max_length=120, blank=True)
    receiver_uid = models.CharField(max_length=32, blank=True)
    fields = models.JSONField(default=list)
    channel = models.CharField(max_length=20)
    evidence = models.CharField(max_length=120, blank=True)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "purpose"], name="consent_of_person")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {timezone.localdate(self.given_at)}"

    def withdraw(self, *, at: datetime) -> None:
        """Date the withdrawal; a second one changes nothing."""
        Consent.objects.filter(pk=self.pk, withdrawn_at=None).update(withdrawn_at=at)
        self.withdrawn_at = self.withdrawn_at or at


class PhoneCode(models.Model):
    """A six-digit code sent to a phone, bound to the session that asked for it."""

    phone_index = models.CharField(max_length=64, db_index=True)
    purpose = models.CharField(max_length=20, default="login")
    code_hmac = models.CharField(max_length=64)
    session_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)


class LoginFailure(models.Model):
    """One failed sign-in, for the throttle that stands before hashing."""

    name_hash = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["name_hash", "address", "at"], name="failure_name_address")]


class Session(AbstractBaseSession):
    """A session in the database; `session_key` holds 40 hex of the key's SHA-256, never the key."""

    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions")
    device_uid = models.CharField(max_length=32, blank=True)
