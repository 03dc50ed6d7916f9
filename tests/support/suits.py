"""Suits, letters and backlog items in any number for the official tables, straight into the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from random import Random

from casemgr.cases.models import Case, Deadline, Event, Participation
from casemgr.numbering.models import IssuedNumber
from casemgr.organisation.models import Unit
from casemgr.parties.models import Party
from litigation.models import (
    Appearance,
    BacklogItem,
    BacklogYear,
    CourtSession,
    Instance,
    JointUnit,
    Letter,
    LitigationFacts,
    Obligation,
    Ruling,
    SnapshotEntry,
    Standing,
)
from litigation.suggestions.terms import Adoption, LetterKind
from litigation.terms import Outcome
from tests.support.register import unit

_serial = count(1)
DAY = timedelta(days=1)
UNITS = ("150621-GAJ", "150621-ZRJ", "150621-SFJ")
NEVER_ENDS = ("enforcement_allowed", "enforcement_refused")
ENDS = tuple(one for one in Outcome.values if one not in NEVER_ENDS)
CATEGORIES = ("principal", "deputy", "staff", "")


@dataclass
class Agency:
    """`unit` is None for an agency of another place."""

    party: Party
    unit: int | None
    deed: str
    seen: str = ""
    came: str = ""
    spoke: bool = False
    called: bool = False
    staff: bool = False
    remarks: list[str] = field(default_factory=list)


@dataclass
class Court:
    """One instance as a generator tells it."""

    level: str
    agencies: list[Agency]
    received: date | None
    filed: date | None
    heard: date | None
    ended: date | None
    outcome: str
    is_effect_only: bool = False
    is_replaced: bool = False
    corrected: date | None = None
    pays: bool = False


@dataclass
class Told:
    courts: list[Court]
    unit: int | None
    state: str = "TRIED"
    is_past: bool = False
    case: Case | None = None


def agencies_there_are() -> list[tuple[Party, int | None]]:
    found = []
    for code in UNITS:
        at = unit(code)
        party = Party.objects.filter(kind="agency", unit=at).order_by("pk").first()
        party = party or Party.objects.create(kind="agency", name=f"{at.name}（测）", agency_kind="department", unit=at)
        found.append((party, at.pk))
    foreign = Party.objects.get_or_create(kind="agency", name="外旗机关", agency_kind="vertical")[0]
    return [*found, (foreign, None)]


def an_office(seed: int, number: int, first: date, last: date) -> list[Told]:
    chance, parties = Random(seed), agencies_there_are()
    return [_a_suit(chance, parties, first + DAY * chance.randrange((last - first).days)) for _one in range(number)]


def _a_suit(chance: Random, parties: Sequence[tuple[Party, int | None]], begun: date) -> Told:
    courts: list[Court] = []
    day = begun
    sued = chance.sample(list(parties), chance.choice((1, 1, 2)))
    for level in ("first", "second", "retrial", "retrial_review")[: chance.choice((1, 1, 2, 3, 4))]:
        deeds = chance.choice((("acted", "acted"), ("acted", "reconsidered"), ("reconsidered", "reconsidered")))
        court = Court(level, [_an_agency(chance, one, deed) for one, deed in zip(sued, deeds, strict=False)],
                      day, day + DAY * 3, None, None, "")  # fmt: skip
        if not chance.randrange(5):
            court.received = None
        if level != "retrial_review" and chance.randrange(3):
            court.heard = day + DAY * chance.randrange(1, 90)
            for one in court.agencies:
                one.seen = chance.choice(("attended", "attended", "absent", "justified", "covered"))
        if not chance.randrange(8):
            court.corrected = day + DAY * chance.randrange(-20, 20)
        day += DAY * chance.randrange(20, 200)
        if chance.randrange(5):
            court.ended, court.outcome = day, chance.choice(ENDS)
            court.is_effect_only = not chance.randrange(8)
            court.pays = not chance.randrange(4)
        courts.append(court)
        if not court.outcome:
            break
        court.is_replaced = not chance.randrange(4)
    return Told(courts, chance.choice([*(one[1] for one in parties), None]),
                "VOID" if not chance.randrange(15) else "TRIED", not chance.randrange(6))  # fmt: skip


def _an_agency(chance: Random, one: tuple[Party, int | None], deed: str) -> Agency:
    remarks = [code for code in ("unexplained", "lawyer_only", "not_a_head") if not chance.randrange(5)]
    yes = lambda: bool(chance.randrange(2))  # noqa: E731
    return Agency(*one, deed, came=chance.choice(CATEGORIES), spoke=yes(), called=yes(), staff=yes(), remarks=remarks)


def write(told: Sequence[Told]) -> list[Case]:
    """Files with their instances, papers, sessions and entries."""
    for one in told:
        one.case = _case("suit", one)
        parts: dict[int, Participation] = {}
        earlier = None
        sequence = count(1)
        for order, court in enumerate(one.courts, 1):
            instance = Instance.objects.create(
                case=one.case, order=order, level=court.level, court="法院", court_number=f"{next(_serial)}号",
                earlier=earlier, outcome=court.outcome, heard_on=court.heard,
                ended_on=None if court.is_effect_only else court.ended,
            )  # fmt: skip
            earlier = instance
            _write_agencies(one.case, court, instance, parts)
            _write_entries(one.case, court, instance, sequence)
            if court.outcome:
                _write_paper(court, instance, parts)
    return [one.case for one in told]


def _case(kind: str, one: Told | None = None, at: int | None = None) -> Case:
    number = next(_serial)
    case = Case.objects.create(
        procedure="litigation", number=f"达测应字〔2026〕{number}号", number_year=2026, number_sequence=number,
        title="某案", unit=unit("150621-SFJ"), state=one.state if one else "SUGGESTED", stage="open",
        is_past_record=one.is_past if one else False,
    )  # fmt: skip
    LitigationFacts.objects.create(case=case, file_kind=kind, responsible_unit_id=one.unit if one else at)
    return case


def _write_agencies(case: Case, court: Court, instance: Instance, parts: dict[int, Participation]) -> None:
    session = None
    if court.heard:
        session = CourtSession.objects.create(
            in_instance=instance, number=1, planned_at=f"{court.heard}T09:00+08:00", held_on=court.heard
        )
    for one in court.agencies:
        if one.party.pk not in parts:
            parts[one.party.pk] = Participation.objects.create(
                case=case, party=one.party, role="respondent", name=one.party.name
            )
        standing = Standing.objects.create(
            in_instance=instance, participation=parts[one.party.pk], role="defendant", deed=one.deed, seen=one.seen,
            heard_on=court.heard if one.seen else None, remarks=one.remarks if one.seen else [],
        )  # fmt: skip
        if session is not None:
            Appearance.objects.create(
                session=session, standing=standing, court_calls_head=one.called, head_category=one.came,
                head_came=bool(one.came), spoke=one.spoke, staff="王科长" if one.staff else "",
            )  # fmt: skip


def _write_entries(case: Case, court: Court, instance: Instance, sequence: count) -> None:
    days = [("instance_opened", court.filed), ("complaint_received", court.received)]
    for kind, on in days:
        event = Event.objects.create(
            case=case, kind=kind, occurred_on=on, subject=instance.subject, sequence=next(sequence)
        )
    if court.corrected:
        Event.objects.create(
            case=case, kind="date_corrected", occurred_on=court.corrected, corrects=event, sequence=next(sequence)
        )


def _write_paper(court: Court, instance: Instance, parts: dict[int, Participation]) -> None:
    Ruling.objects.create(in_instance=instance, order=1, kind="ruling", made_on=court.ended)
    ruling = Ruling.objects.create(
        in_instance=instance, order=2, kind="judgment", outcome=court.outcome, is_replaced=court.is_replaced,
        made_on=None if court.is_effect_only else court.ended, effective_on=court.ended,
    )  # fmt: skip
    if court.pays:
        Obligation.objects.create(ruling=ruling, order=1, debtor=next(iter(parts.values())), kind="pay", text="支付")


@dataclass
class Sent:
    """A letter and one of its recipients."""

    kind: str
    received: date | None
    due: date | None
    answers: list[tuple[date, str]]
    performed: date | None
    closed: date | None
    is_void: bool = False


def letters(seed: int, number: int, first: date, last: date) -> list[Sent]:
    chance = Random(seed)
    found = []
    for _one in range(number):
        day = first + DAY * chance.randrange((last - first).days)
        one = Sent(chance.choice(LetterKind.values), day if chance.randrange(8) else None, None, [], None, None)
        one.due = day + DAY * 60 if chance.randrange(4) else None
        if chance.randrange(3):
            for _again in range(chance.choice((1, 1, 2))):
                day += DAY * chance.randrange(1, 80)
                one.answers.append((day, chance.choice(Adoption.values)))
        if chance.randrange(2):
            one.performed = day + DAY * chance.randrange(30)
        if not chance.randrange(3):
            one.closed = day + DAY * 30
        one.is_void = not chance.randrange(12)
        found.append(one)
    return found


def write_letters(sent: Sequence[Sent]) -> list[Case]:
    cases, parties = [], [one for one in agencies_there_are() if one[1]]
    for one in sent:
        party, at = parties[len(cases) % len(parties)]
        case = _case("suggestion", at=at)
        if one.is_void:
            Case.objects.filter(pk=case.pk).update(state="VOID")
        Letter.objects.create(case=case, kind=one.kind, sender="院", topic="事")
        Participation.objects.create(case=case, party=party, role="respondent", name=party.name)
        days = [("suggestion_received", one.received, {}), ("suggestion_performed", one.performed, {})]
        days += [("suggestion_answered", on, {"adoption": says}) for on, says in one.answers]
        days += [("suggestion_closed", one.closed, {"result": "done"})]
        root = None
        for number, (kind, on, data) in enumerate(days, 1):
            if on is not None:
                whose = None if kind == "suggestion_closed" else party
                event = Event.objects.create(
                    case=case, kind=kind, occurred_on=on, sequence=number, party=whose, data=data
                )
                root = root or event
        if one.due and one.received:
            Deadline.objects.create(
                case=case, rule="P-PIL", root_event=root, party=party, start_on=one.received, due_on=one.due,
                bound_party="agency",
            )  # fmt: skip
        cases.append(case)
    return cases


def backlog(seed: int, number: int, snapshot: date) -> tuple[BacklogYear, list[BacklogItem]]:
    """A year's base with its items in every state, and items that fell due since."""
    chance, units = Random(seed), [unit(code) for code in UNITS]
    year = BacklogYear.objects.create(
        year=snapshot.year, self_check_until=snapshot, target=Decimal(98), target_on=date(snapshot.year, 12, 20),
        basis="文", snapshot_on=snapshot,
    )  # fmt: skip
    return year, [_an_item(chance, units, year, snapshot) for _one in range(number)]


def _an_item(chance: Random, units: Sequence[Unit], year: BacklogYear, snapshot: date) -> BacklogItem:
    number, is_taken = next(_serial), bool(chance.randrange(4))
    state = chance.choice(("in_base", "working", "claimed", "paused", "reopened", "cleared", "cleared", "written_off"))
    due = snapshot - DAY * chance.randrange(400) if is_taken else snapshot + DAY * chance.randrange(1, 100)
    later = max(snapshot, due) + DAY * chance.randrange(0, 120)
    amount = Decimal(chance.randrange(100_000)) if chance.randrange(4) else None
    item = BacklogItem(
        number=IssuedNumber.objects.create(
            series="litigation.backlog", year=snapshot.year, number=number, text=f"达积案〔测〕{number}号"
        ),
        unit=chance.choice(units), ruling_kind="civil", court_number=f"{number}号", court_key=f"{number}",
        creditor="某",
        effective_on=due - DAY * 30, perform_due_on=due, duty="支付", amount_yuan=amount, verified_on=snapshot,
        performed_yuan=(amount or Decimal(0)) / 2,
    )  # fmt: skip
    item.__dict__["state"] = state
    if state == "cleared":
        item.cleared_on = item.performed_on = later
    if state == "written_off":
        item.written_off_on = later
    item.save()
    for other in chance.sample([one for one in units if one != item.unit], chance.choice((0, 0, 1, 2))):
        JointUnit.objects.create(item=item, unit=other)
    if is_taken:
        SnapshotEntry.objects.create(year=year, item=item, unit=item.unit, perform_due_on=due, amount_yuan=amount)
    return item
