"""Out, through an office's own headings and words with a saved assignment, and in again: the register is the same.

For every kind of ledger: what was loaded goes out; loaded once more into the same register it changes nothing; under
the office's own headings, in another order, with its own words, it comes into an empty register, and out the same.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from casemgr.ledgers.actor import ROLES, LedgerActor
from casemgr.ledgers.definition import ledgers
from casemgr.ledgers.exporting import write
from casemgr.ledgers.forms import LayoutForm
from casemgr.ledgers.importing import load
from casemgr.ledgers.models import SavedMapping
from casemgr.ledgers.readers import Reader
from casemgr.organisation.models import RoleAssignment
from casemgr.pages.clock import today
from tests.ledgers.test_imports_in_the_page import assigned, sent, step, worked
from tests.support.ledger_rows import KINDS
from tests.support.ledgers import write_csv
from tests.support.mediation import committee
from tests.support.register import person, unit

pytestmark = pytest.mark.django_db
FEW = settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
)
MANY = settings(FEW, max_examples=60)


@pytest.fixture
def clerk(client: Client) -> Any:
    """Somebody who may load every ledger."""
    committee()
    user = person("li", *[])
    for role, code in ROLES.items():
        RoleAssignment.objects.create(user=user, role=role, unit=unit(code))
    client.force_login(user)
    return user


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def exported(kind: str, path: Path) -> list[dict[str, str]]:
    """The ledgers of all years that have rows, each row once."""
    found: dict[tuple, dict[str, str]] = {}
    for year in (2025, 2026):
        write(ledgers()[kind], year, path, Reader(today(), in_full=True))
        with path.open(encoding="utf-8-sig", newline="") as file:
            found |= {tuple(row.items()): row for row in csv.DictReader(file)}
    return [row for row in found.values() if kind != "parties" or row["类型"] != "行政机关"]


def own_sheet(kind: str, rows: list[dict[str, str]], seed: int) -> tuple[bytes, dict[str, str]]:
    """The rows as an office would have them: other headings in another order, and words of its own."""
    ledger, chance = ledgers()[kind], random.Random(seed)
    columns = list(ledger.columns)
    chance.shuffle(columns)
    heads = {column: f"自定{number}" for number, column in enumerate(columns)}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([heads[column] for column in columns])
    for row in rows:
        writer.writerow([f"本办{row[column]}" if row[column] in ledger.words.get(column, ()) else row[column]
                         for column in columns])  # fmt: skip
    return out.getvalue().encode("utf-8-sig"), {head: column for column, head in heads.items()}


def goes_round(client: Client, kind: str, rows: list[dict[str, str]], seed: int, path: Path) -> None:
    ledger = ledgers()[kind]
    with taken_back():
        report = load(ledger, write_csv(path / "a.csv", rows), LedgerActor(), today())
        assume(report.created)
        first = exported(kind, path / "b.csv")
        again = load(ledger, write_csv(path / "c.csv", first), LedgerActor(), today())
        assert (again.created, again.rejected) == (0, 0), again.errors
    assert len(first) == report.created
    content, columns = own_sheet(kind, first, seed)
    with taken_back():
        assign(client, kind, content, columns)
        found = sent(client, kind, content, "自定.csv")
        form = client.get(found.get_absolute_url()).context["form"]
        assert {one.heading: one.column for one in form.proposals} == columns
        found = assigned(client, found)
        assert found.rejected == 0, list(found.imported_rows.values_list("number", "problems"))
        step(client, found, "decide", all_as="new")
        step(client, found, "load")
        assert worked(found).created == len(first)
        second = exported(kind, path / "d.csv")
    assert sorted(map(str, second)) == sorted(map(str, first))
    if kind != "parties":
        assert second == first


def assign(client: Client, kind: str, content: bytes, columns: dict[str, str]) -> None:
    """By hand, once, and kept for the office."""
    found = sent(client, kind, content, "自定.csv")
    look = {"sheet": "0", "heading": "1", "look": "1"}
    form = client.post(found.get_absolute_url(), look).context["form"]
    by_hand = {f"column-{one.position}": columns[one.heading] for one in form.proposals}
    shown = LayoutForm({"sheet": "0", "heading": "1", **by_hand}, subject=found, actor=found.by, today=today())
    words = {
        f"word-{column}-{place}": word.removeprefix("本办") for (column, place), (word, _near) in shown.words.items()
    }
    data = {"sheet": "0", "heading": "1", "save_as": "本办", **by_hand, **words}
    assert client.post(found.get_absolute_url(), data).status_code == 302
    assert SavedMapping.objects.count() == 1


@pytest.mark.parametrize("kind", list(KINDS))
@given(data=st.data(), seed=st.integers(0, 9))
@FEW
def test_a_ledger_goes_out_and_comes_in_under_an_offices_own_headings(
    client: Client, clerk, tmp_path: Path, kind: str, data, seed: int
) -> None:
    rows = [data.draw(KINDS[kind](serial)) for serial in range(1, data.draw(st.integers(2, 6)))]
    goes_round(client, kind, rows, seed, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("kind", list(KINDS))
@given(data=st.data(), seed=st.integers(0, 9))
@MANY
def test_a_ledger_goes_out_and_comes_in_at_length(client: Client, clerk, tmp_path: Path, kind: str, data, seed) -> None:
    rows = [data.draw(KINDS[kind](serial)) for serial in range(1, data.draw(st.integers(2, 12)))]
    goes_round(client, kind, rows, seed, tmp_path)
