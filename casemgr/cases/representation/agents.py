"""Recording an agent's power and its end, with the limits of the text in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import InvalidInput, Refusal
from casemgr.actions.topics import Topic
from casemgr.cases import events
from casemgr.cases.actions import CaseAction, archived_refusal
from casemgr.cases.models import Case, Mandate, Participation
from casemgr.cases.plain_data import HANDS
from casemgr.cases.representation.acting import SIDES, statutory_agents
from casemgr.cases.representation.forms import AppointAgentForm, EndMandateForm, StatutoryAgentForm
from casemgr.cases.representation.law import law_of
from casemgr.pages.dates import long_date
from casemgr.parties.capacity import Degree, capacity_of
from casemgr.parties.models import Party
from casemgr.parties.registry import find_or_create
from casemgr.parties.snapshots import snapshot_of

Role = Participation.Role
BOTH_SIDES = "《民法典》第168条"
LAWYERS = (Mandate.Profession.LAWYER, Mandate.Profession.LEGAL_SERVICE)


class RepresentationAction(CaseAction):
    """Base: any state but an archived file, and only where the procedure's law is kept."""

    roles = HANDS
    topic = Topic.PARTIES
    annullable: ClassVar[bool] = False
    instead = gettext_lazy("End the power, and record the right one.")

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if law_of(subject) is None:
            return Refusal("no-rules", _("This procedure keeps no rules of representation yet."))
        return archived_refusal(subject)


def enter(case: Case, party: Party, role: str, **columns: Any) -> Participation:
    """The party's part in this role, entered or taken up again; the snapshot is that of the first day."""
    part = case.participations.filter(party=party, role=role).first()
    if part is None:
        last = case.participations.filter(role=role).aggregate(last=Max("order"))["last"] or 0
        part = Participation(
            case=case, party=party, role=role, order=last + 1, name=party.name[:100], snapshot=snapshot_of(party)
        )
    part.left_on = None
    for name, value in columns.items():
        setattr(part, name, value)
    part.save()
    return part


class _Speak(RepresentationAction):
    """What the two ways to speak for a participant share."""

    role: ClassVar[str]
    event = ""

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        principal: Participation = data["principal"]
        try:
            party = find_or_create(context.form.party_data(), context.actor, context.today)
        except ValidationError as error:
            context.form.add_error(None, error.messages)
            raise InvalidInput(context.form) from error
        self._refuse_opponent(case, principal, party, context)
        known = case.participations.filter(party=party, role=self.role).first()
        represents = known.represents if known and known.represents_id else principal
        agent = enter(case, party, self.role, represents=represents)
        mandate = Mandate(agent=agent, principal=principal, **self.columns(data))
        mandate.from_on, mandate.until_on, mandate.paper = data["from_on"], data["until_on"], data["paper"]
        mandate.save()
        words = {"name": agent.name, "for": principal.name, "power": mandate.power, "matters": mandate.matters}
        events.record(case, self.happened, data["from_on"], basis=mandate.basis, **words, note=data["paper"])

    def _refuse_opponent(self, case: Case, principal: Participation, party: Party, context: ActionContext) -> None:
        """Nobody acts for one side and stands on the other; who lacks full capacity is nobody's agent.

        Civil Code, art. 168, forbids acting with oneself, or for both, unless those represented consent. It speaks of
        civil acts; before an authority the sides oppose each other, so that no consent is asked for here.
        """
        others = case.participations.filter(party=party, left_on__isnull=True).exclude(role=Role.REPRESENTATIVE)
        sides = {part.role if part.role in SIDES else part.represents and part.represents.role for part in others}
        wrong = sides - {principal.role, None}
        if wrong or party.pk == principal.party_id:
            text = _("%(name)s stands on another side of this case (%(roles)s) or is the party itself.")
            roles = "、".join(str(Role(role).label) for role in sorted(wrong))
            self._refuse(context, text % {"name": party.name, "roles": roles or "—"}, BOTH_SIDES)
        capacity = capacity_of(party, context.form.cleaned_data["from_on"])
        if capacity.degree in (Degree.NONE, Degree.LIMITED):
            text = _("%(name)s has on that day: %(degree)s. Choose somebody with full capacity.")
            self._refuse(context, text % {"name": party.name, "degree": capacity.label}, capacity.citation)

    @staticmethod
    def _refuse(context: ActionContext, text: str, article: str) -> None:
        from casemgr.actions.errors import GuardRefused

        raise GuardRefused(refusals=[Refusal("agent-not-possible", text, article)])

    happened: ClassVar[str] = "agent_appointed"

    def columns(self, data: Mapping[str, Any]) -> dict[str, Any]:
        raise NotImplementedError


class AppointAgent(_Speak):
    """A party's power of attorney came in: who, with which powers, for how long."""

    name, label = "cases.appoint_agent", gettext_lazy("Record an agent's power")
    form, role = AppointAgentForm, Role.AGENT

    def columns(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {name: data[name] for name in ("basis", "profession", "power", "matters")}

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        law, principal, on = law_of(subject), data["principal"], data["from_on"]
        found = []
        standing = [row for row in _powers(principal) if _overlap(row, on, data["until_on"]) and not _same(row, data)]
        limit = law.agents(subject, principal.role, data["profession"], on)
        if limit is not None:
            counted = {row.agent_id for row in standing if not limit.counts or row.profession in limit.counts}
            if len(counted) >= limit.most:
                text = _("%(name)s has %(most)s agents already at that time. End a power first.")
                words = {"name": principal.name, "most": limit.most}
                found.append(Refusal("too-many-agents", text % words, limit.article, "principal"))
        article = law.needs_staff(subject, principal.role, on)
        if article and data["profession"] in LAWYERS and not _has_staff(standing, on):
            text = _("%(name)s must name one or two of its staff: it cannot be spoken for by a lawyer alone.")
            found.append(Refusal("staff-first", text % {"name": principal.name}, article, "profession"))
        return found


def _powers(principal: Participation) -> list[Mandate]:
    return list(principal.agents.exclude(basis=Mandate.Basis.STATUTORY))


def _same(row: Mandate, data: Mapping[str, Any]) -> bool:
    """A new paper for the same agent adds nobody."""
    return data.get("agent") is not None and row.agent_id == data["agent"].pk


def _overlap(row: Mandate, from_on: date, until_on: date | None) -> bool:
    return (row.last_on is None or row.last_on >= from_on) and (until_on is None or row.from_on <= until_on)


def _has_staff(standing: list[Mandate], on: date) -> bool:
    return any(row.profession == Mandate.Profession.STAFF and row.stands_on(on) for row in standing)


class AppointStatutoryAgent(_Speak):
    """The guardian of a participant without full capacity (Civil Code, art. 23)."""

    name, label = "cases.appoint_statutory_agent", gettext_lazy("Record a statutory agent")
    form, role = StatutoryAgentForm, Role.STATUTORY_AGENT
    happened = "statutory_agent_recorded"

    def columns(self, data: Mapping[str, Any]) -> dict[str, Any]:
        guardian = Mandate.Profession.GUARDIAN
        return {"basis": Mandate.Basis.STATUTORY, "profession": guardian, "power": Mandate.Power.GENERAL, "matters": []}

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        principal: Participation = data["principal"]
        capacity = capacity_of(principal.party, data["from_on"])
        if capacity.degree == Degree.FULL:
            text = _("%(name)s has full capacity on %(day)s and needs no statutory agent.")
            words = {"name": principal.name, "day": long_date(data["from_on"])}
            return [Refusal("has-capacity", text % words, capacity.citation, "principal")]
        return []


class EndAgency(RepresentationAction):
    """A power ended: revoked, laid down, run out, or the person came of age. The party says so in writing."""

    name, label = "cases.end_agency", gettext_lazy("End an agent's power")
    form = EndMandateForm

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        if any(
            part.role in (Role.AGENT, Role.STATUTORY_AGENT) and not part.left_on
            for part in subject.participations.all()
        ):
            return None
        return Refusal("no-agent", _("No agent's power is recorded in this case."))

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        mandate: Mandate = data["mandate"]
        mandate.ended_on, mandate.end_reason = data["ended_on"], data["reason"]
        mandate.save()
        agent = mandate.agent
        if not any(row.last_on is None or row.last_on > data["ended_on"] for row in agent.mandates.all()):
            agent.left_on = data["ended_on"]
            agent.save()
        words = {"name": agent.name, "for": mandate.principal.name}
        events.record(case, "agent_ended", data["ended_on"], **words, reason=data["reason"])


ACTIONS = (AppointAgent, AppointStatutoryAgent, EndAgency)
__all__ = ["ACTIONS", "RepresentationAction", "enter", "statutory_agents"]
