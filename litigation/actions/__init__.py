"""What people can do in litigation follow-up."""

from litigation.actions.appeals import APPEALS
from litigation.actions.file import FILE
from litigation.actions.intake import INTAKE
from litigation.actions.registration import REGISTRATION
from litigation.actions.rulings import RULINGS

ACTIONS = (*REGISTRATION, *INTAKE, *RULINGS, *APPEALS, *FILE)
