"""An application (投递) is the seeker's act; a referral (推荐) is a counsellor's.

A favourite (收藏) is kept for later and seen by nobody else.

No application without its own consent and the snapshot of what was sent to whom (PIPL 23).
Silence has an end: 7 days remind, 14 days the counsellor's list, 30 days expired.
"""

from yuanmeng.applications.models.application import (
    AlreadyApplied,
    Application,
    ApplicationQuerySet,
    Placement,
)
from yuanmeng.applications.models.favourite import Favourite, FavouriteQuerySet
from yuanmeng.applications.models.referral import Referral, ReferralQuerySet, ReferralState
from yuanmeng.applications.models.snapshot import snapshot_for
from yuanmeng.applications.models.states import (
    EXPIRE_AFTER,
    LIST_AFTER,
    MOVES,
    OPEN_STATES,
    REMIND_AFTER,
    Reason,
    State,
    Via,
)

__all__ = [
    "EXPIRE_AFTER",
    "LIST_AFTER",
    "MOVES",
    "OPEN_STATES",
    "REMIND_AFTER",
    "AlreadyApplied",
    "Application",
    "ApplicationQuerySet",
    "Favourite",
    "FavouriteQuerySet",
    "Placement",
    "Reason",
    "Referral",
    "ReferralQuerySet",
    "ReferralState",
    "State",
    "Via",
    "snapshot_for",
]
