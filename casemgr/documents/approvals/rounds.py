"""Rounds of approval: a submission opens one; what is said of that text belongs to it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from casemgr.documents.approvals.models import Approval
from casemgr.documents.models import Document
from casemgr.documents.states import DocumentState

Text = dict[str, Any]
Level, Outcome = Approval.Level, Approval.Outcome
LEVEL_OF = {
    Outcome.SUBMITTED: Level.DRAFT,
    Outcome.PASSED: Level.EXAMINE,
    Outcome.SIGNED: Level.SIGN,
}


def text_of(document: Document) -> Text:
    """What people judge: the text as stored, and the entries that the case will be moved by."""
    return {
        "title": document.title,
        "addressee": document.addressee,
        "sections": [_bare(section) for section in document.sections],
        "data": dict(document.data),
    }


def _bare(section: dict[str, Any]) -> dict[str, Any]:
    return {name: section[name] for name in ("code", "heading", "paragraphs")}


def digest_of(text: Text) -> str:
    """SHA-256 of a text, by which it is known again."""
    canonical = json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def record(
    document: Document,
    outcome: str,
    actor: Any,
    today: date,
    *,
    opinion: str = "",
    level: str | None = None,
    proposal: Text | None = None,
) -> Approval:
    """Write the entry of one step. `level` is needed for a return only: from which desk it comes."""
    last = document.approvals.order_by("-round", "-pk").first()
    number = last.round if last else 0
    text = text_of(document)
    is_submission = outcome == Outcome.SUBMITTED
    # A paper that was on its way when sheets began has no submission in its first round: that entry keeps the text.
    kept = text if is_submission or not number else proposal
    return Approval.objects.create(
        document=document,
        round=number + 1 if is_submission else max(number, 1),
        level=level or LEVEL_OF[Outcome(outcome)],
        outcome=outcome,
        person=actor,
        name=actor.full_name or actor.username,
        on=today,
        opinion=opinion,
        digest=digest_of(text),
        text=kept,
        is_own=outcome in (Outcome.PASSED, Outcome.SIGNED) and document.is_own_draft_of(actor),
    )


@dataclass(frozen=True)
class Round:
    """One submission and what was said of it."""

    number: int
    rows: tuple[Approval, ...]

    @cached_property
    def text(self) -> Text | None:
        """The text that was handed in."""
        return next((row.text for row in self.rows if row.outcome == Outcome.SUBMITTED), None) or next(
            (row.text for row in self.rows if row.outcome != Outcome.RETURNED and row.text), None
        )

    @cached_property
    def returned(self) -> Approval | None:
        return next((row for row in self.rows if row.outcome == Outcome.RETURNED), None)

    @property
    def proposal(self) -> Text | None:
        """The text as whoever returned the paper would have it."""
        returned = self.returned
        return returned.text if returned is not None and returned.digest != digest_of(returned.text or {}) else None


def rounds_of(document: Document) -> list[Round]:
    """Every round, the first one first; read once per paper."""
    if "_rounds" not in document.__dict__:
        found: dict[int, list[Approval]] = {}
        # Nothing is read for a draft that was never handed in: most pages of drafts are.
        never = document.submitter_id is None and document.state == DocumentState.DRAFT
        for row in () if never else document.approvals.all():
            found.setdefault(row.round, []).append(row)
        document._rounds = [Round(number, tuple(rows)) for number, rows in sorted(found.items())]
    return document._rounds


def proposed(document: Document) -> Text | None:
    """The open proposal: made when the paper was last returned, and still about the text as it stands."""
    rounds = rounds_of(document)
    if not rounds or not document.is_editable or rounds[-1].proposal is None:
        return None
    return rounds[-1].proposal if rounds[-1].returned.digest == digest_of(text_of(document)) else None


def judged_before(document: Document, person: Any) -> Round | None:
    """The version this person judged last, before the present round; else the one that was last returned."""
    rounds = rounds_of(document)
    if not rounds:
        return None
    is_back = rounds[-1].returned is not None
    earlier = [one for one in (rounds if is_back else rounds[:-1]) if one.text is not None]
    own = [one for one in earlier if any(row.person_id == person.pk and row.level != Level.DRAFT for row in one.rows)]
    return (own or earlier or [None])[-1]
