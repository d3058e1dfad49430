"""Organisations, memberships, papers (organisation.py), and who posts for whom (mandate.py)."""

from yuanmeng.organisations.models.mandate import (
    LONGEST_MANDATE,
    Mandate,
    MandateQuerySet,
    MandateState,
)
from yuanmeng.organisations.models.organisation import (
    LONGEST_VALIDITY,
    MOVES,
    RENEWAL_NOTICE,
    ApiToken,
    Credential,
    Duty,
    Kind,
    Membership,
    MembershipQuerySet,
    Organisation,
    OrganisationQuerySet,
    Role,
    State,
)

__all__ = [
    "LONGEST_MANDATE", "LONGEST_VALIDITY", "MOVES", "RENEWAL_NOTICE", "ApiToken", "Credential", "Duty",
    "Kind", "Mandate", "MandateQuerySet", "MandateState", "Membership", "MembershipQuerySet", "Organisation",
    "OrganisationQuerySet", "Role", "State",
]  # fmt: skip
