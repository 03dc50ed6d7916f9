"""A page sends one tick as plain text: a field with several answers has to take it as one of them."""

from __future__ import annotations

from django import forms

from casemgr.actions import registry
from casemgr.pages.forms import SeveralMixin


def test_a_single_tick_is_an_answer_in_every_form_of_an_action() -> None:
    several = {
        f"{name}: {field}"
        for name, action in registry.every().items()
        for field, one in getattr(action.form, "base_fields", {}).items()
        if isinstance(one, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
        and not isinstance(one, SeveralMixin)
    }
    assert several == set()
