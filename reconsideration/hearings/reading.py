"""Reading a case's hearings: by its entries where a page has them already, else by the rows."""

from __future__ import annotations

from collections.abc import Iterable

from casemgr.cases import events
from casemgr.cases.models import Case, Participation
from casemgr.documents.models import Document
from reconsideration.models import Hearing, HearingParty
from reconsideration.old_law import LAW_2017

Role = Participation.Role
PARTIES = (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY)
DONE = ("hearing_held", "hearing_forgone")
CLOSING = (*DONE, "hearing_adjourned", "hearing_cancelled")
RECORD_KIND = "hearing_record"


def has_open_hearing(case: Case) -> bool:
    """By the entries: planned and neither held, forgone, adjourned nor cancelled."""
    facts = events.facts_of(case)
    over = {fact.subject for fact in facts if fact.kind in CLOSING}
    return any(fact.kind == "hearing_planned" and fact.subject.split("/")[0] not in over for fact in facts)


def is_heard(case: Case) -> bool:
    """A hearing was held, or given up by the applicants' staying away (art. 51(2))."""
    return events.last_of(events.facts_of(case), *DONE) is not None


def was_held(case: Case) -> bool:
    return events.last_of(events.facts_of(case), "hearing_held") is not None


def must_be_heard(case: Case) -> bool:
    """The case was found grave, difficult or complex (art. 50(1)); the old law knows no such duty."""
    return bool(case.facts.hearing_grounds) and case.law_version != LAW_2017


def open_hearing(case: Case) -> Hearing | None:
    return Hearing.objects.open().filter(case_id=case.pk).select_related("booking__room", "case").first()


def parties_in(case: Case) -> list[Participation]:
    """Whom a hearing concerns: who is still in the case."""
    return [part for part in case.participations.all() if part.role in PARTIES and part.left_on is None]


def sync_parties(hearing: Hearing) -> list[HearingParty]:
    """A row for everybody now in the case, within an action; rows of those who left are left out."""
    rows = {row.participation_id: row for row in hearing.parties.all()}
    for part in parties_in(hearing.case):
        if part.pk not in rows:
            rows[part.pk] = HearingParty.objects.create(hearing=hearing, participation=part)
        rows[part.pk].participation = part
    return [rows[part.pk] for part in parties_in(hearing.case)]


def is_told(row: HearingParty) -> bool:
    return row.notified_on is not None or row.waived_on is not None


def told_all(rows: Iterable[HearingParty]) -> bool:
    return all(is_told(row) for row in rows)


def record_is_printed(case: Case) -> bool:
    """Whether the record of the hearing is on file as a paper."""
    return Document.objects.filter(case_id=case.pk, kind=RECORD_KIND).exclude(sha256="").living().exists()


def heard_parties(case: Case) -> set[int]:
    """Parties who spoke at a hearing: their opinion is heard (art. 49)."""
    found: set[int] = set()
    for fact in events.facts_of(case):
        if fact.kind == "hearing_held":
            found |= set(fact.data.get("came", ()))
    return found


def day_in_words(hearing: Hearing) -> str:
    """2026-12-08 09:00, as entries and papers keep it."""
    return f"{hearing.on.isoformat()} {hearing.booking.begins}"


def place_of(hearing: Hearing) -> str:
    room = hearing.booking.room
    return f"{room.name}（{room.place}）" if room is not None else "远程"
