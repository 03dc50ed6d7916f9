"""What people can do in a mediation case."""

from mediation.actions.agreements import AGREEMENTS
from mediation.actions.closing import CLOSING
from mediation.actions.confirmation import CONFIRMATION
from mediation.actions.consents import CONSENTS
from mediation.actions.corrections import CORRECTIONS
from mediation.actions.endings import ENDINGS
from mediation.actions.handing_on import HANDING_ON
from mediation.actions.intake import INTAKE
from mediation.actions.mediators import MEDIATORS
from mediation.actions.minors import MINORS
from mediation.actions.performance import PERFORMANCE
from mediation.actions.registration import REGISTRATION
from mediation.actions.risks import RISKS
from mediation.actions.sessions import SESSIONS
from mediation.actions.stops import STOPS
from mediation.administrative.actions import CASE_ACTIONS as ADMINISTRATIVE
from mediation.ledger.take_back import TAKING_BACK
from mediation.subsidy.case_facts import ACTIONS as SUBSIDY_FACTS

ACTIONS = (
    *ADMINISTRATIVE,
    *REGISTRATION,
    *MEDIATORS,
    *SESSIONS,
    *AGREEMENTS,
    *INTAKE,
    *TAKING_BACK,
    *CONSENTS,
    *MINORS,
    *HANDING_ON,
    *CORRECTIONS,
    *PERFORMANCE,
    *CONFIRMATION,
    *CLOSING,
    *STOPS,
    *ENDINGS,
    *RISKS,
    *SUBSIDY_FACTS,
)
