"""Every vector of the dossier (§4.4), boundaries, and the split in whole yuan."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.models import SubsidyGrade
from mediation.subsidy.grading import Claim, Worker, grade_of, judge, split
from mediation.subsidy.rates import GRADES

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "mediation-and-registry-vectors.json").read_text())
RATE = [SubsidyGrade(rank=rank, **row) for rank, row in enumerate(GRADES, 1)]


def workers(kinds: list[str]) -> tuple[Worker, ...]:
    return tuple(
        Worker(f"调解员{number}", number == 0 if "lead" not in kinds else kind == "lead",
               "salaried" if kind == "salaried" else "")
        for number, kind in enumerate(kinds)
    )  # fmt: skip


def claim(given: dict) -> Claim:
    return Claim(
        form=given["form"] or "",
        amount_yuan=Decimal(given["amount"]),
        sessions=given["sessions"],
        people=given["people"],
        agreed=given["outcome"] == "agreed",
        performed=given["performed"],
        confirmed=given.get("confirmed", False),
        lacking=tuple(given.get("missing", ())),
        paid_before=given.get("paid_before_for_same_dispute", False),
        court_allowance=given.get("court_allowance_paid", False),
        workers=workers(given.get("mediators", ["lead"])),
    )


@pytest.mark.parametrize("vector", VECTORS["subsidy"], ids=lambda vector: vector["case"])
def test_vector(vector: dict) -> None:
    found = judge(claim(vector["input"]), RATE)
    assert (found.grade.code if found.grade else None) == vector["grade"]
    assert found.amount_yuan == Decimal(vector["pay"])
    assert [str(reason.value) for reason in found.reasons] == vector["why"]
    assert sum(amount for _worker, amount in found.shares) == found.amount_yuan


@pytest.mark.parametrize("vector", VECTORS["subsidy_split"], ids=lambda vector: "-".join(vector["mediators"]))
def test_split_vector(vector: dict) -> None:
    found = split(Decimal(vector["pay"]), workers(vector["mediators"]))
    assert [amount for _worker, amount in found] == [Decimal(share) for share in vector["shares"]]


@pytest.mark.parametrize(
    ("changed", "grade"),
    [
        ({"sessions": 2}, "general"), ({"sessions": 3}, "difficult"), ({"people": 4}, "general"),
        ({"people": 5}, "difficult"), ({"people": 9}, "difficult"), ({"people": 10}, "major"),
        ({"amount": "299999.99"}, "difficult"), ({"amount": "300000.00"}, "major"), ({"has_death": True}, "major"),
        ({"amount": "0.00", "people": 1, "sessions": 0}, "general"),
    ],
)  # fmt: skip
def test_boundaries_are_inclusive(changed: dict, grade: str) -> None:
    plain = {"form": "written", "amount": "8000.00", "sessions": 1, "people": 2, "outcome": "agreed", "performed": True}
    has_death = changed.pop("has_death", False)
    found = claim({**plain, **changed})
    found = Claim(**{**found.__dict__, "has_death": has_death})
    assert grade_of(found, RATE).code == grade


def test_the_rest_goes_to_the_first_other_where_the_lead_is_salaried() -> None:
    people = (Worker("甲", True, "salaried"), Worker("乙"), Worker("丙"), Worker("丁"))
    assert [amount for _w, amount in split(Decimal("200.00"), people)] == [0, 68, 66, 66]


@given(
    amount=st.decimals(0, 100000, places=2), kinds=st.lists(st.sampled_from(["lead", "other", "salaried"]), max_size=6)
)
def test_nothing_is_lost_in_the_split_and_shares_are_whole_yuan(amount: Decimal, kinds: list[str]) -> None:
    """Trap 22: no floats, no fen lost; the lead's share alone may hold the odd fen."""
    people = workers(kinds)
    shares = [share for _worker, share in split(amount, people)]
    paid = [share for worker, share in zip(people, shares, strict=True) if not worker.excluded]
    assert sum(shares) == (amount if paid else 0)
    assert sum(share != share.to_integral_value() for share in shares) <= 1
    assert all(not share for worker, share in zip(people, shares, strict=True) if worker.excluded)


def test_several_reasons_are_all_told() -> None:
    plain = {"form": "written", "amount": "1.00", "sessions": 1, "people": 2, "outcome": "agreed", "performed": False}
    found = judge(claim({**plain, "missing": ["D05"], "court_allowance_paid": True, "mediators": ["salaried"]}), RATE)
    assert len(found.reasons) == 4 and found.amount_yuan == 0


def test_without_a_rate_nothing_is_paid() -> None:
    plain = {"form": "written", "amount": "1.00", "sessions": 1, "people": 2, "outcome": "agreed", "performed": True}
    assert [str(reason.value) for reason in judge(claim(plain), []).reasons] == ["no rate"]
