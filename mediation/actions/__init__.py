"""What people can do in a mediation case."""

from mediation.actions.registration import REGISTRATION

ACTIONS = (*REGISTRATION,)
