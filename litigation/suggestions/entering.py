"""Writing what the registration of a suggestion or a supervision says: file, recipients, letter, each receipt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.actions.errors import InvalidInput
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.links import link
from casemgr.cases.models import Case, CaseLink, Event, Participation
from casemgr.cases.procedure import Stage
from casemgr.cases.registration.resolving import resolve
from casemgr.parties.models import Party
from casemgr.parties.registry import find_or_create
from litigation.instances import let_in
from litigation.models import Letter, LitigationCase, LitigationFacts, Supervision
from litigation.registration.entering import create_file, refuse_foreign
from litigation.registration.form import following_unit
from litigation.suggestions.terms import JUDICIAL, LETTER_MAY_SAY
from litigation.terms import FileKind

LETTER = ("kind", "sender", "number", "dated_on", "topic", "demands", "due_on")
SUPERVISION = ("procuratorate", "number", "origin", "topic", "grounds")


def register_suggestion(form: Any, data: Mapping[str, Any], actor: Any, today: date) -> LitigationCase:
    """The letter's file; every recipient's unit is let in, and its clock begins with its own receipt.

    :raises InvalidInput: a contradiction with the registry, or nobody of the banner follows suits.
    """
    word = "司法建议" if data["kind"] in JUDICIAL else "检察建议"
    case = _open(form, data, actor, today, FileKind.SUGGESTION, "SUGGESTED", f"{data['sender']}{word}")
    Letter.objects.create(case_id=case.pk, **{name: data[name] for name in LETTER})
    for row, party in zip(form.recipients.filled, form.parties, strict=True):
        if row.cleaned_data["received_on"]:
            receive(case, party, row.cleaned_data["received_on"])
    settle(case, today)
    return case


def register_supervision(form: Any, data: Mapping[str, Any], actor: Any, today: date) -> LitigationCase:
    """The file of a supervision; a suit it looks at is linked.

    :raises InvalidInput: a contradiction with the registry, or nobody of the banner follows suits.
    """
    case = _open(form, data, actor, today, FileKind.SUPERVISION, "SUPERVISED", f"{data['procuratorate']}监督案件")
    Supervision.objects.create(case_id=case.pk, **{name: data[name] for name in SUPERVISION})
    for row, party in zip(form.recipients.filled, form.parties, strict=True):
        if row.cleaned_data["received_on"]:
            events.record(case, "supervision_notified", row.cleaned_data["received_on"], party=party)
    if data["suit"] is not None:
        link(CaseLink.Kind.AROSE_FROM, case, data["suit"])
    settle(case, today)
    return case


def receive(case: Case, party: Party, on: date) -> Event:
    """The letter reached one recipient. What decides the length of its time is kept with the entry."""
    letter = case.suggestion_letter
    kept = {"letter": letter.kind}
    if letter.due_on and letter.kind in LETTER_MAY_SAY:
        kept["due"] = letter.due_on.isoformat()
    return events.record(case, "suggestion_received", on, party=party, **kept)


def _open(
    form: Any, data: Mapping[str, Any], actor: Any, today: date, kind: FileKind, state: str, title: str
) -> LitigationCase:
    unit = following_unit(actor, today)
    if unit is None:
        form.add_error(None, _("Nobody is court liaison today: ask the administrator to give somebody that role."))
        raise InvalidInput(form)
    rows = form.recipients.filled
    parts = resolve(
        form, [(row, Participation.Role.RESPONDENT) for row in rows], lambda entry: find_or_create(entry, actor, today)
    )
    form.parties = [part.party for part in parts]
    refuse_foreign(form, rows, form.parties, actor, today)
    case = create_file(
        parts=parts,
        facts=LitigationFacts(
            file_kind=kind,
            cause=data["topic"],
            responsible=form.parties[0],
            responsible_unit=form.parties[0].unit,
        ),
        act=None,
        unit=unit,
        lead_handler=actor if "liaison" in actor.role_codes(today) else None,
        opened_on=data["registered_on"],
        today=today,
        title=f"{title}：{data['topic']}"[:200],
        state=state,
        stage=Stage.INTAKE if kind == FileKind.SUGGESTION else Stage.OPEN,
    )
    events.record(case, "registered", data["registered_on"])
    for part in Participation.objects.filter(case_id=case.pk).select_related("party"):
        let_in(case, part)
    return case


__all__ = ["receive", "register_suggestion", "register_supervision"]
