"""Judicial confirmation: what the pack must have before it goes to the court, and which court (dossier §1.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgr.cases import events
from casemgr.cases.models import Case, Matter, Participation
from casemgr.cases.representation.acting import SPEAKERS, few, refusal_of
from mediation.agreements.effect import IN_THE_FILE
from mediation.agreements.standing import (
    acts_of,
    obligations_of,
    required_signers,
    round_facts,
    round_subject,
)
from mediation.conditions import is_entrusted
from mediation.confirmation_states import ConfirmationState
from mediation.models import Agreement, Confirmation, Obligation
from mediation.terms import AgreementForm, CourtTrack, ObligationKind

MSF_205 = "《民事诉讼法》第205条"
MJS_355, MJS_358 = "《民诉解释》第355条", "《民诉解释》第358条"


class Subject(models.TextChoices):
    """What the agreement decides; anything but the first the court does not take (Interpretation, art. 355)."""

    OBLIGATIONS = "obligations", _("Only what the parties owe each other")
    STATUS = "status", _("Marriage, parentage, adoption: whether they exist (no. 3)")
    PROPERTY = "property", _("Who has a property right or an intellectual property right (no. 5)")
    SPECIAL = "special", _("Another special procedure, public notice or bankruptcy (no. 4)")
    OUTSIDE = "outside", _("Nothing that belongs before a court (no. 1)")


Text = str | Promise


@dataclass(frozen=True)
class Check:
    """One line of the list: met or not, and what to do about it."""

    code: str
    label: Text
    is_met: bool
    detail: str = ""
    article: str = ""


def checks_of(case: Case, agreement: Agreement) -> list[Check]:
    """What the program can see for itself; the rest is confirmed by hand in the form."""
    obligations = obligations_of(agreement)
    signers = required_signers(case, obligations)
    payments = [one for one in obligations if one.kind == ObligationKind.PAY]
    open_ones = [one for one in obligations if one.done_on is None and one.kind != ObligationKind.REFRAIN]
    undated = [one for one in open_ones if one.due_on is None]
    open_payments = [one for one in payments if one.done_on is None]
    facts = round_facts(events.facts_of(case), agreement)
    acts = acts_of(agreement, signers, facts)
    missing = [act for act in IN_THE_FILE if acts.day(act) is None]
    nameless = [part for part in signers if not part.party.masked_number]
    unable = _without_power(case, agreement, signers)
    return [
        Check("subject", _("A definite subject: each obligation says who owes what"), bool(obligations),
              "" if obligations else _("Enter the obligations."), MJS_358),
        Check("amount", _("Amounts in figures (and in words on the paper), equal to the sum of the instalments"),
              _sums_agree(agreement, payments)),
        Check("due", _("A day for each thing and each instalment"), not undated,
              "、".join(dict.fromkeys(one.subject for one in undated)), MJS_358),
        Check("way", _("To which account or how it is paid"), not open_payments or bool(agreement.payment_way.strip())),
        Check("breach", _("What follows from a breach"), bool(agreement.breach.strip()) or not open_ones),
        Check("identity", _("An identity document of every party"), not nameless, few(nameless), "《民诉解释》第354条"),
        Check("power", _("Capacity of every party, and authority of whoever signed for it"), not unable,
              "；".join(unable), "《民诉解释》第351条"),
        Check("acts", _("Signatures, mediator and committee seal under the paper"), not missing,
              "、".join(str(act.label) for act in missing), "《人民调解法》第29条"),
    ]  # fmt: skip


def _sums_agree(agreement: Agreement, payments: Sequence[Obligation]) -> bool:
    if agreement.total_yuan is None:
        return not payments
    return sum(one.amount_yuan for one in payments) == agreement.total_yuan


def _without_power(case: Case, agreement: Agreement, signers: Sequence[Participation]) -> list[str]:
    """Why a signature does not bind, by the powers recorded for the day it was given."""
    found = []
    through = {part.name: part for part in case.participations.all() if part.role in SPEAKERS}
    for signature in agreement.signatures.select_related("participation__party"):
        speaker = through.get(signature.signed_by)
        refusal = refusal_of(case, signature.participation, speaker, Matter.SETTLE, signature.signed_on)
        if refusal is not None:
            found.append(str(refusal.message))
    return found


def must_go_to_inviting_court(case: Case) -> bool:
    """Delegated before filing: the court that invited the mediation (Civil Procedure Law, art. 205(1))."""
    return case.facts.court_track == CourtTrack.DELEGATED


def court_grounds(case: Case) -> list[tuple[str, str]]:
    """The courts open for this case, with the law's reason."""
    ground = Confirmation.CourtGround
    if must_go_to_inviting_court(case):
        return [(ground.INVITING.value, ground.INVITING.label)]
    return [(one.value, one.label) for one in (ground.DOMICILE, ground.OBJECT, ground.ORGANISATION)]


def court_help(case: Case) -> str:
    """The choice explained in a sentence."""
    if must_go_to_inviting_court(case):
        return _("The court invited this mediation: the application goes to that court (art. 205, no. 1).")
    return _(
        "The basic court where a party lives, where the object lies, or where the committee has its seat; not only the "
        "last (art. 205, no. 2). A dispute that belongs before an intermediate court goes to that one."
    )


def not_offered(case: Case, agreement: Agreement | None) -> tuple[str, str, str] | None:
    """Why confirmation is no way for this agreement: (code, text, article)."""
    if agreement is None:
        return ("no-agreement", _("No agreement is in effect."), MSF_205)
    if agreement.form == AgreementForm.ORAL:
        text = _("An oral agreement cannot be confirmed: the court asks for the agreement in writing.")
        return ("oral", text, "《民诉解释》第354条")
    if is_entrusted(case.facts):
        text = _("The court entrusted this after filing: it ends the suit itself, by a mediation paper or withdrawal.")
        return ("entrusted", text, "《特邀调解规定》第20条")
    return None


ENTRY_OF: dict[str, str] = {
    "confirmation_filed": "file",
    "confirmation_accepted": "accept",
    "confirmation_refused": "refuse",
    "confirmation_valid": "rule_valid",
    "confirmation_rejected": "rule_rejected",
    "confirmation_withdrawn": "withdraw",
    "confirmation_deemed_withdrawn": "deem_withdrawn",
    "confirmation_objected": "object",
}
"""Each entry and the transition it stands for; an objection's end says in its data which of three it is."""
LIVE = (ConfirmationState.READY, ConfirmationState.FILED, ConfirmationState.ACCEPTED)
GONE = (ConfirmationState.WITHDRAWN, ConfirmationState.DEEMED_WITHDRAWN, ConfirmationState.REFUSED)
"""An application that came to nothing; within the thirty days the parties may make another."""


def confirmation_of(agreement: Agreement | None) -> Confirmation | None:
    """The latest application of the agreement."""
    return agreement.confirmations.order_by("-id").first() if agreement is not None else None


def follow_confirmations(case: Case, agreement: Agreement) -> None:
    """Each application as its entries make it: one whose entries are struck goes back to where it was."""
    facts = round_facts(events.facts_of(case), agreement)
    for row in agreement.confirmations.order_by("id"):
        own = [fact for fact in facts if fact.data.get("confirmation") == row.pk]
        if not any(fact.kind == "confirmation_ready" for fact in own):
            row.delete()
            continue
        again = _replayed(row, own)
        if again.state != row.state or _days(again) != _days(row):
            again.save()


DAY_OF = {
    "confirmation_filed": "filed_on",
    "confirmation_accepted": "accepted_on",
    "confirmation_valid": "ruled_on",
    "confirmation_rejected": "ruled_on",
    "confirmation_objected": "objected_on",
    "confirmation_objection_decided": "objection_decided_on",
}


def _replayed(row: Confirmation, facts: Sequence[events.Fact]) -> Confirmation:
    """A fresh object taken through the transitions of the entries that stand, in the order of their recording."""
    skipped = ("state", *set(DAY_OF.values()))
    columns = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in skipped}
    again = Confirmation(**columns)
    again._state.adding = False
    again._state.db = row._state.db
    for fact in sorted(facts, key=lambda fact: fact.root.sequence):
        name = ENTRY_OF.get(fact.kind, fact.data.get("transition", ""))
        if name:
            getattr(again, name)()
        if fact.kind in DAY_OF:
            setattr(again, DAY_OF[fact.kind], fact.occurred_on)
    return again


def _days(row: Confirmation) -> tuple[date | None, ...]:
    return tuple(getattr(row, name) for name in dict.fromkeys(DAY_OF.values()))


REFUSAL_REASONS: tuple[tuple[str, str | Promise], ...] = (
    ("355-1", gettext_lazy("Not within the courts' scope (355, no. 1)")),
    ("355-2", gettext_lazy("Another court is competent (355, no. 2)")),
    ("355-3", gettext_lazy("Marriage, parentage or adoption (355, no. 3)")),
    ("355-4", gettext_lazy("Another special procedure (355, no. 4)")),
    ("355-5", gettext_lazy("Property or intellectual property right (355, no. 5)")),
    ("other", pgettext_lazy("court's reason", "Other")),
)
REJECTION_REASONS: tuple[tuple[str, str | Promise], ...] = (
    ("358-1", gettext_lazy("Against a mandatory provision (358, no. 1)")),
    ("358-2", gettext_lazy("Harms the state, the public or others (358, no. 2)")),
    ("358-3", gettext_lazy("Against public order and good morals (358, no. 3)")),
    ("358-4", gettext_lazy("Not of free will (358, no. 4)")),
    ("358-5", gettext_lazy("Content not clear (358, no. 5)")),
    ("358-6", gettext_lazy("Another reason (358, no. 6)")),
    ("355", gettext_lazy("Should not have been accepted (355, last paragraph)")),
)


def subject_of(agreement: Agreement) -> str:
    return round_subject(agreement.round)
