"""What people can do in litigation follow-up."""

from litigation.actions.appeals import APPEALS
from litigation.actions.compensation import COMPENSATION
from litigation.actions.corrections import CORRECTIONS
from litigation.actions.course import COURSE
from litigation.actions.enforcement import ENFORCEMENT
from litigation.actions.file import FILE
from litigation.actions.intake import INTAKE
from litigation.actions.nonlitigation import NONLITIGATION
from litigation.actions.past import PAST
from litigation.actions.performance import PERFORMANCE
from litigation.actions.registration import REGISTRATION
from litigation.actions.retrial import RETRIAL
from litigation.actions.rulings import RULINGS
from litigation.actions.sessions import SESSIONS
from litigation.actions.settlement import SETTLEMENT
from litigation.actions.suggestions import SUGGESTIONS
from litigation.actions.supervision import SUPERVISION
from litigation.ledger.take_back import TAKING_BACK

ACTIONS = (
    *REGISTRATION,
    *PAST,
    *INTAKE,
    *TAKING_BACK,
    *COURSE,
    *SESSIONS,
    *RULINGS,
    *APPEALS,
    *PERFORMANCE,
    *RETRIAL,
    *ENFORCEMENT,
    *SETTLEMENT,
    *NONLITIGATION,
    *COMPENSATION,
    *SUGGESTIONS,
    *SUPERVISION,
    *CORRECTIONS,
    *FILE,
)
