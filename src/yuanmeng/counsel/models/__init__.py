"""What is to be done (follow_up), what was done (ledger), who is there to do it (duty)."""

from yuanmeng.counsel.models.choices import (
    Channel,
    ContactResult,
    FollowUpKind,
    FollowUpState,
    RecheckResult,
    RetentionResult,
    ServiceKind,
)
from yuanmeng.counsel.models.duty import Shift
from yuanmeng.counsel.models.follow_up import FollowUp
from yuanmeng.counsel.models.ledger import LedgerHead, ServiceRecord

__all__ = [
    "Channel", "ContactResult", "FollowUp", "FollowUpKind", "FollowUpState", "LedgerHead", "RecheckResult",
    "RetentionResult", "ServiceKind", "ServiceRecord", "Shift",
]  # fmt: skip
