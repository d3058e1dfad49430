"""Numbers and dates of the papers an organisation hands in for its verification."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from yuanmeng.organisations.models import Credential

if TYPE_CHECKING:
    from yuanmeng.core.actors import Actor
    from yuanmeng.organisations.models import Organisation
    from yuanmeng.web.employer.forms import PapersForm


def keep(organisation: Organisation, form: PapersForm, *, by: Actor, at: datetime) -> None:
    """This will keep what a valid form says, one row for each paper."""
    with transaction.atomic():
        organisation.uscc = form.cleaned_data["uscc"]
        organisation.save(update_fields=["uscc", "name_normal"])
        for paper, number, scope, until in form.given():
            Credential.objects.update_or_create(
                organisation=organisation, paper=paper,
                defaults={"number": number, "scope": scope, "valid_until": until, "given_at": at},
            )  # fmt: skip
        organisation.tell_changed(by=by, at=at)
