"""Whether one may do a thing for another on a day: agents by paper, guardians by law, representatives by consent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext as _

from casemgr.actions.errors import Refusal
from casemgr.cases.models import Case, Consent, Group, Mandate, Matter, Participation
from casemgr.cases.representation.law import law_of
from casemgr.pages.dates import long_date
from casemgr.parties.capacity import Degree, capacity_of

Role = Participation.Role
SIDES = (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY)
SPEAKERS = (Role.AGENT, Role.STATUTORY_AGENT, Role.REPRESENTATIVE)
NAMES_SHOWN = 10


class ThroughMixin(forms.Form):
    """For what a party may do itself or through somebody: adds `through` to a form that knows its `subject`."""

    def add_through(self) -> None:
        parts = self.subject.participations.filter(role__in=SPEAKERS, left_on__isnull=True)
        field = forms.ModelChoiceField(
            parts.order_by("role", "order", "id"),
            required=False,
            label=_("Done through"),
            empty_label=_("The party itself"),
            help_text=_("An agent, a statutory agent or a representative of the case."),
        )
        field.label_from_instance = lambda part: part.with_role
        self.fields["through"] = field


def principal_of(case: Case, party_id: int) -> Participation | None:
    """The party's own part in the case, on whichever side."""
    return case.participations.filter(party_id=party_id, role__in=SIDES).order_by("left_on", "id").first()


def refusal_of(case: Case, part: Participation, through: Participation | None, matter: str, on: date) -> Refusal | None:
    """Why `part` cannot do this on that day by itself (`through` None) or through the other; None when it can."""
    if through is not None and through.role == Role.REPRESENTATIVE:
        return _consent_refusal(case, part, through, matter, on)
    if refusal := _capacity_refusal(part, through, on):
        return refusal
    return (
        None
        if through is None or through.role == Role.STATUTORY_AGENT
        else _power_refusal(case, part, through, matter, on)
    )


def _capacity_refusal(part: Participation, through: Participation | None, on: date) -> Refusal | None:
    capacity = capacity_of(part.party, on)
    is_statutory = through is not None and through.role == Role.STATUTORY_AGENT
    words = {"name": part.name, "day": long_date(on), "degree": capacity.label}
    if capacity.needs_agent and not is_statutory and not _chosen_by_guardian(through, part):
        text = _("On %(day)s %(name)s has: %(degree)s. The statutory agent must do it: choose whom it is done through.")
        return Refusal("needs-statutory-agent", text % words, capacity.citation, "through")
    if not is_statutory:
        return None
    if capacity.degree == Degree.FULL:
        text = _("On %(day)s %(name)s has: %(degree)s. Nobody is the statutory agent of such a person any more.")
        return Refusal("has-capacity", text % words, capacity.citation, "through")
    if not is_statutory_agent(part, through, on):
        text = _("%(agent)s is not recorded as the statutory agent of %(name)s for %(day)s.")
        return Refusal("no-mandate", text % (words | {"agent": through.name}), "《民法典》第23条", "through")
    return None


def _chosen_by_guardian(through: Participation | None, part: Participation) -> bool:
    """An agent whom the statutory agent entrusted acts within that paper; its power is judged apart."""
    return through is not None and through.role == Role.AGENT and statutory_agents([part]).get(part.pk) is not None


def _power_refusal(case: Case, part: Participation, through: Participation, matter: str, on: date) -> Refusal | None:
    law = law_of(case)
    article = law.authority(case, on) if law else ""
    standing = [row for row in Mandate.objects.filter(agent=through, principal=part) if row.stands_on(on)]
    words = {"agent": through.name, "name": part.name, "day": long_date(on), "matter": Matter(matter).label}
    if not standing:
        text = _("No power of attorney of %(name)s for %(agent)s stands on %(day)s. Record the paper first.")
        return Refusal("no-mandate", text % words, article, "through")
    if not any(row.covers(matter) for row in standing):
        text = _(
            "“%(matter)s” needs special authority, and the power of attorney for %(agent)s does not give it. "
            "Let %(name)s do it, or record a new power of attorney."
        )
        return Refusal("special-authority", text % words, article, "through")
    return None


def _consent_refusal(case: Case, part: Participation, through: Participation, matter: str, on: date) -> Refusal | None:
    group = through.group
    words = {"agent": through.name, "name": part.name}
    if group is None or group.pk != part.group_id or not _elected_on(group, on):
        text = _("%(agent)s was not elected by %(name)s, or not for that day. Record the election first.")
        return Refusal("not-elected", text % words, field="through")
    law = law_of(case)
    article = law.consent(case, on).get(matter) if law else None
    if article is None:
        return None
    lacking = without_consent(group, matter, on)
    if not lacking:
        return None
    text = _("The representatives need the consent of every member for “%(matter)s”. Missing: %(names)s. Record it.")
    return Refusal(
        "members-consent", text % {"matter": Matter(matter).label, "names": few(lacking)}, article, "through"
    )


def _elected_on(group: Group, on: date) -> bool:
    return group.elected_on <= on and (group.ended_on is None or on <= group.ended_on)


def members_of(group: Group) -> list[Participation]:
    """Those who elected and are still in the case."""
    return list(group.participations.filter(role=group.side, left_on__isnull=True).order_by("order", "id"))


def without_consent(group: Group, matter: str, on: date) -> list[Participation]:
    """Members whose consent does not stand on the day; two queries."""
    given = Consent.objects.filter(group=group, matter=matter, given_on__lte=on).exclude(revoked_on__lte=on)
    agreed = set(given.values_list("member_id", flat=True))
    return [part for part in members_of(group) if part.pk not in agreed]


def few(parts: Iterable[Participation]) -> str:
    """At most ten names, then how many more."""
    names = [part.name for part in parts]
    shown = "、".join(names[:NAMES_SHOWN])
    more = len(names) - NAMES_SHOWN
    return shown if more <= 0 else _("%(names)s and %(more)s more") % {"names": shown, "more": more}


def is_statutory_agent(part: Participation, agent: Participation, on: date) -> bool:
    """By a recorded power on the day, or as entered at registration for this one person."""
    powers = Mandate.objects.filter(agent=agent, principal=part, basis=Mandate.Basis.STATUTORY)
    return any(power.stands_on(on) for power in powers) or (not powers and agent.represents_id == part.pk)


def statutory_agents(parts: Iterable[Participation], on: date | None = None) -> dict[int, Participation]:
    """For each of the participants the statutory agent (on the day, or at all); two queries."""
    ids = {part.pk for part in parts}
    found: dict[int, Participation] = {}
    speaking = Participation.objects.filter(role=Role.STATUTORY_AGENT, represents_id__in=ids, left_on__isnull=True)
    for agent in speaking.prefetch_related("mandates"):
        if not agent.mandates.all():
            found[agent.represents_id] = agent
    powers = Mandate.objects.filter(principal_id__in=ids, basis=Mandate.Basis.STATUTORY).select_related("agent")
    for power in powers:
        if on is None or power.stands_on(on):
            found[power.principal_id] = power.agent
    return found
