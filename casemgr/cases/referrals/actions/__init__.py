"""What both sides do with a referral, by subject."""

from casemgr.cases.referrals.actions.base import ReferralAction
from casemgr.cases.referrals.actions.closing import AcknowledgeResult, CloseReferral, ReturnPapers
from casemgr.cases.referrals.actions.opening import ReferCase, RegisterReferral
from casemgr.cases.referrals.actions.receiving import (
    AcceptReferral,
    BeginWork,
    DeclineReferral,
    ExtendReferral,
    LapseReferral,
    ReceiveReferral,
    ReturnLate,
    SendResult,
)
from casemgr.cases.referrals.actions.sending import AddParty, CancelReferral, RecordConsent, SendReferral
from casemgr.cases.referrals.actions.telling import NOTICES

ACTIONS = (
    RegisterReferral,
    ReferCase,
    AddParty,
    RecordConsent,
    SendReferral,
    ReceiveReferral,
    AcceptReferral,
    DeclineReferral,
    BeginWork,
    ExtendReferral,
    LapseReferral,
    ReturnLate,
    SendResult,
    AcknowledgeResult,
    ReturnPapers,
    CloseReferral,
    CancelReferral,
)

__all__ = ["ACTIONS", "NOTICES", "ReferralAction"]
