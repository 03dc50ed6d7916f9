"""What is not performed though its day is past, or though it has none: what may be pressed (art. 77(2))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from casemgr.cases import events
from casemgr.cases.models import Case
from casemgr.parties.models import Party
from reconsideration.aftermath.duties import NEW_ACT, new_act_is_owed, open_duties
from reconsideration.aftermath.enforcement import AGAINST
from reconsideration.aftermath.letters import letters_of
from reconsideration.aftermath.terms import DutyKind


@dataclass(frozen=True)
class Pending:
    """A duty, the new act or an opinion letter; `subject` is that of its entries."""

    subject: str
    text: str
    party: Party | None
    due_on: date | None


def unperformed(case: Case, today: date) -> list[Pending]:
    """Of the respondent, or the organ of a letter; what others owe is enforced (art. 78)."""
    facts = events.facts_of(case)
    others = {part.party_id for part in case.participations.all() if part.role in AGAINST}
    duties = [one for one in open_duties(case, facts) if one.party_id not in others]
    found = [
        Pending(one.subject, one.text, one.root.root.party, one.due_on)
        for one in duties
        if one.due_on is None or one.due_on < today
    ]
    if new_act_is_owed(case, facts) and not any(one.kind == DutyKind.REDO for one in duties):
        late = [row for row in case.deadlines.all() if row.rule == "R-REDO" and row.is_running]
        found += [
            Pending(NEW_ACT, _("Make the act anew"), row.party, row.due_on)
            for row in late
            if row.due_on is not None and row.due_on < today
        ]
    for letter in letters_of(case, facts):
        is_late = letter.due_on is not None and letter.due_on < today
        if letter.is_open and (letter.answered_on is not None or is_late):
            text = _("Opinion letter to %(organ)s") % {"organ": letter.organ}
            found.append(Pending(letter.subject, text, letter.root.root.party, letter.due_on))
    return found


__all__ = ["Pending", "unperformed"]
