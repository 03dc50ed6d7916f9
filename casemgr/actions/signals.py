"""The one signal of the house: sent by `perform` inside its transaction."""

from django.dispatch import Signal

performed = Signal()
"""Arguments: action (Action), subject (Model), data (Mapping), context (ActionContext)."""
