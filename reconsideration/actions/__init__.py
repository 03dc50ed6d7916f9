"""What people can do in a reconsideration case."""

from reconsideration.actions.aftermath import AFTERMATH
from reconsideration.actions.corrections import CORRECTIONS
from reconsideration.actions.intake import INTAKE
from reconsideration.actions.papers import PAPERS
from reconsideration.actions.registration import REGISTRATION
from reconsideration.actions.trial import TRIAL

ACTIONS = (*REGISTRATION, *INTAKE, *PAPERS, *TRIAL, *AFTERMATH, *CORRECTIONS)
