"""Forms and rows of choosing the mediators (People's Mediation Law, art. 19)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.cases import events
from casemgr.cases.day_forms import DayForm
from casemgr.cases.people.handlers import PersonField, candidates
from casemgr.organisation.models import User
from casemgr.pages.forms import SeveralRowsField
from mediation.course.impartiality import hints
from mediation.course.people import SHORT, PartsField, current_mediators, parties_of, parties_told
from mediation.models import CaseMediator, MediationCase

HOW_TOLD = (
    ("paper", gettext_lazy("Notice handed over")),
    ("orally", gettext_lazy("Told orally")),
    ("online", gettext_lazy("Told online")),
)
NAMES_AT_MOST = 5
Role = CaseMediator.Role


class PeopleField(SeveralRowsField):
    def label_from_instance(self, user: User) -> str:
        return user.full_name


class ImpartialityFields(forms.Form):
    """The check that goes with every new mediator."""

    has_relation = forms.ChoiceField(
        label=gettext_lazy("Conflict of interest"),
        choices=[
            ("no", gettext_lazy("Checked: neither relative nor agent of a party, no interest of their own")),
            ("namesake", gettext_lazy("Checked: only a namesake of somebody in the case")),
            ("yes", gettext_lazy("There is a relation; it was disclosed to the parties")),
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Relatives of a party or its agent, an interest in the dispute, other relations."),
    )
    relation = forms.CharField(
        label=gettext_lazy("Relation"),
        required=False,
        max_length=300,
        widget=SHORT,
        help_text=gettext_lazy("Which relation was disclosed; or how it is known that it is only a namesake."),
    )
    parties_agree = forms.BooleanField(
        label=gettext_lazy("All parties, told of the relation, agree to this mediator"), required=False
    )

    page_template = "mediation/_choosing_form.html"
    _OWN = ("has_relation", "relation", "parties_agree")
    _ASIDE = ("others", "other_names", "recorder")

    def _bound(self, names: Iterable[str]) -> list[BoundField]:
        return [self[name] for name in names]

    @property
    def has_impartiality(self) -> bool:
        return "has_relation" in self.fields

    @property
    def aside(self) -> list[BoundField]:
        """What most cases leave empty."""
        return self._bound(name for name in self._ASIDE if name in self.fields)

    @property
    def before_impartiality(self) -> list[BoundField]:
        known = [name for name in self.fields if name not in self._ASIDE]
        return self._bound(known[: known.index("has_relation")] if self.has_impartiality else known)

    @property
    def after_impartiality(self) -> list[BoundField]:
        known = [name for name in self.fields if name not in self._ASIDE]
        if not self.has_impartiality:
            return []
        return self._bound(name for name in known[known.index("has_relation") :] if name not in self._OWN)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("has_relation") == "yes" and not data.get("relation"):
            self.add_error("relation", _("Say which relation there is: the parties must be told of it."))
        elif data.get("has_relation") == "namesake" and not data.get("relation"):
            self.add_error("relation", _("Say how it is known that it is only a namesake."))
        return data


def impartiality_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a mediator's row that keep the check."""
    disclosed = data["has_relation"] == "yes"
    return {
        "conflict_checked_on": data["on"],
        "relation": data["relation"],
        "parties_agree": disclosed and data["parties_agree"],
    }


class ChoosingForm(ImpartialityFields, DayForm):
    """The mediators of a case: a lead, others, a recorder."""

    lead = PersonField(User.objects.none(), label=gettext_lazy("Lead mediator"))
    others = PeopleField(User.objects.none(), label=gettext_lazy("Further mediators"), required=False)
    other_names = forms.CharField(
        label=gettext_lazy("Further mediators without an account"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Several names are separated by 、."),
    )
    recorder = PersonField(User.objects.none(), label=gettext_lazy("Recorder"), required=False)
    chosen = forms.ChoiceField(
        label=gettext_lazy("How they were chosen"),
        choices=CaseMediator.Chosen.choices,
        initial=CaseMediator.Chosen.COMMITTEE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        able = candidates(self.subject, self.today)
        for name in ("lead", "others", "recorder"):
            self.fields[name].queryset = able
        order = ["on", "lead", "others", "other_names", "recorder", "chosen"]
        self.order_fields([*order, "has_relation", "relation", "parties_agree", *self.fields])
        if not self.is_bound:
            mine = able.filter(pk=self.actor.pk).exists()
            self.fields["lead"].initial = self.subject.lead_handler_id or (self.actor.pk if mine else None)
            seen = hints(self.subject, self.actor, self.today)
            if seen:
                self.fields["has_relation"].help_text = " ".join([str(self.fields["has_relation"].help_text), *seen])

    def clean_other_names(self) -> list[str]:
        names = [name for name in re.split(r"[、，,;；\s]+", self.cleaned_data["other_names"]) if name]
        if len(names) > NAMES_AT_MOST or any(len(name) > 50 for name in names):
            raise forms.ValidationError(_("Enter at most five names of at most fifty characters."))
        return names

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        lead, others = data.get("lead"), list(data.get("others") or ())
        if lead is not None and lead in others:
            self.add_error("others", _("The lead mediator is already one of the mediators."))
        recorder = data.get("recorder")
        if recorder is not None and recorder in [lead, *others]:
            self.add_error("recorder", _("The recorder is somebody else than the mediators; leave it empty if not."))
        return data


def enter_mediators(case: MediationCase, data: Mapping[str, Any], on: date) -> None:
    """Write the rows of a first choice; the lead becomes the case's handler."""
    chosen = {"case_id": case.pk, "chosen": data["chosen"], "joined_on": on, **impartiality_of(data)}
    people = [(data["lead"], Role.LEAD), *((user, Role.CO) for user in data["others"])]
    if data["recorder"] is not None:
        people.append((data["recorder"], Role.RECORDER))
    for user, role in people:
        CaseMediator.objects.create(user=user, name=user.full_name, role=role, **chosen)
    for name in data["other_names"]:
        CaseMediator.objects.create(name=name, role=Role.CO, **chosen)
    hand_to(case, data["lead"], on)
    events.record(
        case,
        "mediators_named",
        on,
        names="、".join(mediator.name for mediator in current_mediators(case)),
        chosen=data["chosen"],
        **({"relation": data["relation"]} if data["relation"] else {}),
    )


def hand_to(case: MediationCase, lead: User | None, on: date) -> None:
    """Whoever leads the mediation handles the case."""
    if lead is None or case.lead_handler_id == lead.pk:
        return
    before, case.lead_handler = case.lead_handler, lead
    events.record(case, "handler_changed", on, **{"from": before.full_name if before else "", "to": lead.full_name})


class RightsFields(forms.Form):
    """To whom rights and duties are told, and how."""

    told = PartsField(label=gettext_lazy("Rights and duties told to"))
    how = forms.ChoiceField(
        label=gettext_lazy("How they were told"), choices=HOW_TOLD, initial="orally", widget=forms.RadioSelect
    )

    def offer_untold(self, case: MediationCase) -> bool:
        """Offer the parties not told yet; False when there is none."""
        done = parties_told(case)
        waiting = [part for part in parties_of(case) if part.party_id not in done]
        self.fields["told"].offer(waiting, chosen=not self.is_bound)
        parts = [
            _("Voluntary, free of charge; choose or accept the mediator, refuse or end at any time, in public or not."),
            _("Tell the truth, keep order, respect the mediator and the other side's rights."),
        ]
        if case.facts.court_track:
            parts.append(
                _("A sham mediation is punished: no confirmation, fine or detention, and a crime is prosecuted.")
            )
        self.fields["told"].help_text = " ".join(parts)
        return bool(waiting)


def record_rights(case: MediationCase, data: Mapping[str, Any], on: date) -> None:
    """One entry per party, since each signs for itself (D05)."""
    for part in data["told"]:
        events.record(case, "rights_told", on, party=part.party, how=data["how"], sham=bool(case.facts.court_track))
