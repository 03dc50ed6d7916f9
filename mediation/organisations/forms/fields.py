"""Checks that several forms of organisations share."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext as _

from mediation.models import Committee
from mediation.organisations.permission import reaches


def not_later(day: date, today: date) -> date:
    """The day, if it has come. :raises ValidationError: it lies in the future."""
    if day > today:
        raise forms.ValidationError(_("This day has not come yet."))
    return day


def committees_within(actor, roles: tuple[str, ...], today: date):
    """Standing committees on which the person may act."""
    if actor is None:
        return Committee.objects.none()
    seen = Committee.objects.visible_to(actor, today).standing().select_related("unit")
    if reaches(actor, roles, (), today):
        return seen
    return seen.filter(pk__in=[row.pk for row in seen if reaches(actor, roles, (row.unit_id,), today)])
