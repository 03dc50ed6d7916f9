"""Entries that several forms of screening share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.organisation.models import Unit
from casemgr.pages.forms import ContextForm
from mediation.campaigns.permission import WORKERS, campaigns_of, units_within
from mediation.models import Campaign

TEXT = forms.Textarea({"rows": 3, "class": "compact"})


class PlaceForm(ContextForm):
    """Something entered for a unit, perhaps as part of a running campaign; both are proposed."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=pgettext_lazy("screening", "Unit"))
    campaign = forms.ModelChoiceField(Campaign.objects.none(), label=gettext_lazy("Campaign"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.actor is None:
            return
        units, campaigns = units_within(self.actor, WORKERS, self.today), campaigns_of(self.actor, self.today)
        self.fields["unit"].queryset = units
        self.fields["campaign"].queryset = self._campaigns(campaigns)
        if not self.is_bound:
            self.fields["unit"].initial = units.first()
            self.fields["campaign"].initial = campaigns.first()

    def _campaigns(self, running):
        """A record keeps its own campaign even when that is over."""
        own = getattr(self.subject, "campaign_id", None)
        return running if own is None else running | Campaign.objects.filter(pk=own)

    def check_campaign(self, data: dict[str, Any], on: date | None) -> None:
        """The campaign must run on the day, and the unit take part in it."""
        campaign, unit = data.get("campaign"), data.get("unit") or getattr(self.subject, "unit", None)
        if campaign is None or unit is None or on is None:
            return
        if not campaign.from_on <= on <= campaign.last_day:
            self.add_error(
                "campaign",
                _("The campaign did not run on that day. Leave the campaign empty, or correct the day."),
            )
        elif not any(unit.path.startswith(row.unit.path) for row in campaign.taking_part.select_related("unit")):
            self.add_error("campaign", _("The unit does not take part in this campaign."))
