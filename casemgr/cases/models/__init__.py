"""The tables of the register, by subject; import them from here."""

from casemgr.cases.models.absence import Absence
from casemgr.cases.models.access import CaseAccess, CaseRecusal
from casemgr.cases.models.drafts import RegistrationDraft
from casemgr.cases.models.emergency import EmergencyAccess
from casemgr.cases.models.events import Deadline, Event
from casemgr.cases.models.links import CaseLink
from casemgr.cases.models.participation import Group, Participation
from casemgr.cases.models.reassignment import Reassignment, ReassignmentItem
from casemgr.cases.models.recomputation import DeadlineMove, Recomputation
from casemgr.cases.models.referrals import Referral, ReferralParty
from casemgr.cases.models.register import CASE_HISTORY, Act, Case, CaseTitleGram
from casemgr.cases.models.representation import Consent, Mandate, Matter
from casemgr.cases.models.steps import CaseStep
from casemgr.cases.models.work import Instruction, PersonalReminder, SavedFilter

__all__ = [
    "CASE_HISTORY",
    "Absence",
    "Act",
    "Case",
    "CaseAccess",
    "CaseLink",
    "CaseRecusal",
    "CaseStep",
    "CaseTitleGram",
    "Consent",
    "Deadline",
    "DeadlineMove",
    "EmergencyAccess",
    "Event",
    "Group",
    "Instruction",
    "Mandate",
    "Matter",
    "Participation",
    "PersonalReminder",
    "Reassignment",
    "ReassignmentItem",
    "Recomputation",
    "Referral",
    "ReferralParty",
    "RegistrationDraft",
    "SavedFilter",
]
