"""Many on one side: entered from a sheet, their representatives elected, their consent recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.action import ActionContext
from casemgr.actions.errors import InvalidInput, Refusal
from casemgr.cases import events
from casemgr.cases.models import Case, Consent, Group, Matter, Participation
from casemgr.cases.procedure import Stage
from casemgr.cases.representation.acting import few, members_of
from casemgr.cases.representation.agents import RepresentationAction, enter
from casemgr.cases.representation.group_forms import (
    ConsentForm,
    ElectionForm,
    EndRepresentationForm,
    MembersForm,
    RevokeConsentForm,
)
from casemgr.cases.representation.law import law_of
from casemgr.cases.representation.members import ALREADY, KNOWN, NEW, WRONG
from casemgr.parties.capacity import Degree, capacities
from casemgr.parties.registry import find_or_create

Role = Participation.Role
BEFORE_THE_END = (Stage.INTAKE, Stage.WAITING, Stage.OPEN)


class EnterMembers(RepresentationAction):
    """Participants of one side from a sheet; the rows were judged by the form, wrong ones stay out when asked for."""

    name, label = "cases.enter_members", gettext_lazy("Enter participants from a sheet")
    form, listed = MembersForm, False
    instead = gettext_lazy("Correct the participant: enter the day on which the party left.")

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        if subject.stage in BEFORE_THE_END:
            return None
        return Refusal("too-late-to-join", _("The case is decided or closed: nobody joins it any more."))

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        reading, side = context.form.reading, data["side"]
        for row in reading.of(NEW, KNOWN):
            try:
                party = row.party or find_or_create(row.data, context.actor, context.today)
            except ValidationError as error:
                context.form.add_error("sheet", error.messages)
                raise InvalidInput(context.form) from error
            enter(case, party, side)
        counts = reading.counts
        added = counts[NEW] + counts[KNOWN]
        events.record(
            case,
            "members_entered",
            context.today,
            side=side,
            added=added,
            known=counts[ALREADY],
            left_out=counts[WRONG],
        )


class ElectRepresentatives(RepresentationAction):
    """The members of one side elected some of them; an earlier election of that side ends (Law 2023, art. 15)."""

    name, label = "cases.elect_representatives", gettext_lazy("Record the election of representatives")
    form = ElectionForm
    instead = gettext_lazy("End the representation, or record the right election.")

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        law = law_of(subject)
        for side in law.groups:
            count = sum(part.role == side and not part.left_on for part in subject.participations.all())
            if count > 1 and (
                law.election(subject, side, count, date.min) or law.election(subject, side, count, today)
            ):
                return None
        text = _("So few participants elect no representatives: each acts itself or through an agent.")
        return Refusal("too-few-to-elect", text)

    def guard_refusals(self, subject: Case, data: Mapping | None, today: date) -> list[Refusal]:
        if data is None:
            return []
        on, side, chosen = data["elected_on"], data["side"], data["representatives"]
        members = side_members(subject, side)
        rule = law_of(subject).election(subject, side, len(members), on)
        if rule is None:
            text = _("So few participants (%(count)s) elect no representatives: each acts itself or through an agent.")
            return [Refusal("too-few-to-elect", text % {"count": len(members)}, field="side")]
        found = []
        if not rule.least <= len(chosen) <= rule.most:
            text = _("%(least)s to %(most)s representatives are elected; %(count)s are chosen.")
            words = {"least": rule.least, "most": rule.most, "count": len(chosen)}
            found.append(Refusal("number-of-representatives", text % words, rule.article, "representatives"))
        if rule.all_sign and not data["signed_by_all"]:
            text = _(
                "All who elect sign, seal or fingerprint the election paper. Let those who are missing sign first."
            )
            found.append(Refusal("election-not-signed", text, rule.all_sign, "signed_by_all"))
        degrees = capacities([part.party for part in chosen], on)
        for part in chosen:
            capacity = degrees.get(part.party_id)
            if capacity and capacity.degree in (Degree.NONE, Degree.LIMITED):
                text = _("%(name)s has on that day: %(degree)s. Choose somebody with full capacity.")
                words = {"name": part.name, "degree": capacity.label}
                found.append(Refusal("agent-not-possible", text % words, capacity.citation, "representatives"))
        return found

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        side, on = data["side"], data["elected_on"]
        for earlier in Group.objects.filter(case=case, side=side, ended_on__isnull=True):
            end(earlier, on, _("New election"))
        group = Group(case=case, side=side, elected_on=on, paper=data["paper"])
        group.save()
        for part in side_members(case, side):
            part.group = group
            part.save()
        chosen = [enter(case, part.party, Role.REPRESENTATIVE, group=group) for part in data["representatives"]]
        names = few(chosen)
        events.record(
            case, "representatives_elected", on, side=side, count=len(chosen), names=names, note=data["paper"]
        )


def side_members(case: Case, side: str) -> list[Participation]:
    """Those of the side who are still in the case."""
    parts = case.participations.filter(role=side, left_on__isnull=True).select_related("party")
    return list(parts.order_by("order", "id"))


def end(group: Group, on: date, reason: str) -> None:
    """The representatives speak no longer for the others; what they did stays done."""
    group.ended_on, group.end_reason = max(on, group.elected_on), reason
    group.save()
    for part in group.participations.filter(role=Role.REPRESENTATIVE, left_on__isnull=True):
        part.left_on = group.ended_on
        part.save()


def has_standing_group(case: Case) -> bool:
    """By its representatives, who are among the participants that a page has read already."""
    parts = case.participations.all()
    return any(part.role == Role.REPRESENTATIVE and part.group_id and not part.left_on for part in parts)


class _OfStandingGroup(RepresentationAction):
    annullable: ClassVar[bool] = False

    def state_refusal(self, subject: Case, today: date) -> Refusal | None:
        if refusal := super().state_refusal(subject, today):
            return refusal
        if has_standing_group(subject):
            return None
        return Refusal("no-group", _("No representatives are elected in this case."))


class EndRepresentation(_OfStandingGroup):
    """The members take the election back, or the representatives lay it down."""

    name, label = "cases.end_representation", gettext_lazy("End the representation of a group")
    form = EndRepresentationForm
    instead = gettext_lazy("Record the election anew.")

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        end(data["group"], data["ended_on"], data["reason"])
        events.record(case, "representation_ended", data["ended_on"], reason=data["reason"])


class RecordConsent(_OfStandingGroup):
    """Members agreed that the representatives do what needs every member's consent (Law 2023, art. 15(2))."""

    name, label = "cases.record_consent", gettext_lazy("Record members' consent")
    form = ConsentForm
    instead = gettext_lazy("Take the consent back.")

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        group, matter = data["group"], data["matter"]
        standing = Consent.objects.filter(group=group, matter=matter, revoked_on__isnull=True)
        agreed = set(standing.values_list("member_id", flat=True))
        members = members_of(group) if data["everybody"] else list(data["members"])
        added = [part for part in members if part.pk not in agreed]
        for part in added:
            Consent(group=group, member=part, matter=matter, given_on=data["given_on"], paper=data["paper"]).save()
        label = str(Matter(matter).label)
        events.record(case, "consent_recorded", data["given_on"], matter=label, count=len(added), note=data["paper"])


class RevokeConsent(_OfStandingGroup):
    """Members take their consent back before it was used."""

    name, label = "cases.revoke_consent", gettext_lazy("Record that members take back their consent")
    form = RevokeConsentForm
    instead = gettext_lazy("Record the consent again.")

    def record_facts(self, case: Case, data: Mapping[str, Any], context: ActionContext) -> None:
        for consent in data["consents"]:
            consent.revoked_on = data["revoked_on"]
            consent.save()
        labels = "、".join(sorted({str(consent.get_matter_display()) for consent in data["consents"]}))
        count = len(data["consents"])
        events.record(case, "consent_revoked", data["revoked_on"], matter=labels, count=count, reason=data["reason"])


ACTIONS = (EnterMembers, ElectRepresentatives, EndRepresentation, RecordConsent, RevokeConsent)
