"""A court's number stands in the register once: what a form says of one that is there already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from casemgr.cases.models import Case
from litigation.court_numbers import key_of
from litigation.models import Instance


def is_registered(key: str) -> bool:
    """Whether an instance bears the number (`court_numbers.key_of` of what was written)."""
    return Instance.objects.filter(court_key=key).exists()


def refuse_registered(form: forms.BaseForm, written: str | None, field: str = "court_number") -> bool:
    """Add the error to the field if the number is registered. Says whether it is."""
    found = bool(written) and is_registered(key_of(written))
    if found:
        form.add_error(field, _("This number is registered already."))
    return found


def refuse_known(form: Any, case_pk: int, field: str = "court_number") -> None:
    """The number is registered already; the file is named to those who may see it, and kept as `form.known_file`."""
    form.known_file = Case.objects.visible_to(form.actor, form.today).filter(pk=case_pk).first()
    number = form.known_file.number if form.known_file is not None else _("a file outside your scope")
    form.add_error(field, _("This number is registered already: %(file)s. Go on there.") % {"file": number})


__all__ = ["is_registered", "refuse_known", "refuse_registered"]
