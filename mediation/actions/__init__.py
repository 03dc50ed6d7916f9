"""What people can do in a mediation case."""

from mediation.actions.agreements import AGREEMENTS
from mediation.actions.mediators import MEDIATORS
from mediation.actions.registration import REGISTRATION
from mediation.actions.sessions import SESSIONS

ACTIONS = (
    *REGISTRATION,
    *MEDIATORS,
    *SESSIONS,
    *AGREEMENTS,
)
