"""What people can do in a reconsideration case."""

from reconsideration.actions.aftermath import AFTERMATH
from reconsideration.actions.annexed import ANNEXED
from reconsideration.actions.corrections import CORRECTIONS
from reconsideration.actions.departures import DEPARTURES
from reconsideration.actions.endings import ENDINGS
from reconsideration.actions.execution import EXECUTION
from reconsideration.actions.intake import INTAKE
from reconsideration.actions.joining import JOINING
from reconsideration.actions.mediation import MEDIATION
from reconsideration.actions.papers import PAPERS
from reconsideration.actions.parties import PARTIES
from reconsideration.actions.registration import REGISTRATION
from reconsideration.actions.separation import SEPARATION
from reconsideration.actions.stops import STOPS
from reconsideration.actions.superior import SUPERIOR
from reconsideration.actions.third_party import THIRD_PARTY
from reconsideration.actions.trial import TRIAL
from reconsideration.hearings.ending import ENDING
from reconsideration.hearings.planning import PLANNING
from reconsideration.ledger.take_back import TAKING_BACK

ACTIONS = (
    *REGISTRATION,
    *INTAKE,
    *TAKING_BACK,
    *PAPERS,
    *TRIAL,
    *PLANNING,
    *ENDING,
    *STOPS,
    *EXECUTION,
    *ANNEXED,
    *DEPARTURES,
    *ENDINGS,
    *MEDIATION,
    *PARTIES,
    *THIRD_PARTY,
    *JOINING,
    *SEPARATION,
    *SUPERIOR,
    *AFTERMATH,
    *CORRECTIONS,
)
