"""The demo's disputes: the stories by the actions of users, the crowd by the bulk lane, both in the banner's mix."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from casemgr.cases.models import Case, Event
from casemgr.numbering.models import IssuedNumber
from casemgr.operation.demo import create_people
from casemgr.operation.sweep import sweep
from casemgr.parties.models import Party
from mediation import demo
from mediation.demo.crowd import Crowd
from mediation.demo.mix import SOURCES, TYPES
from mediation.demo.stories import STORIES
from mediation.models import (
    AdministrativeLink,
    Agreement,
    CampaignReturn,
    Correction,
    Lead,
    LeadState,
    MediationCase,
    Risk,
    SubsidyBatch,
)
from mediation.organisations import demo as organisations
from tests.support.once import runs_once

pytestmark = [pytest.mark.django_db, runs_once]
TODAY = date(2026, 11, 27)
SEED = 20261123


@pytest.fixture
def office(db: None):
    return create_people("x")


def assert_numbers_are_dense() -> None:
    """Each committee counts for itself, without gap."""
    issued = IssuedNumber.objects.filter(series="mediation.case")
    for owner, year in set(issued.values_list("owner", "year")):
        numbers = sorted(issued.filter(owner=owner, year=year).values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1)), (owner, year)


def test_the_stories_stand_in_all_states_and_come_once(office) -> None:
    assert demo.load(office, TODAY, 38, SEED) == len(STORIES)
    cases = MediationCase.objects
    states = set(cases.values_list("state", flat=True))
    assert {
        *("REGISTERED", "ACCEPTED", "MEDIATING", "PAUSED", "TRACKING", "CLOSED", "ARCHIVED", "WITHDRAWN", "VOID"),
    } == states
    outcomes = Counter(cases.values_list("outcome", flat=True))
    assert outcomes["failed"] and outcomes["terminated"] and outcomes["not_accepted"]
    confirmed = set(Event.objects.filter(kind__startswith="confirmation_").values_list("kind", flat=True))
    assert {"confirmation_valid", "confirmation_rejected", "confirmation_filed"} <= confirmed
    assert cases.filter(mediation_facts__round=2, state="MEDIATING").exists()
    assert set(Agreement.objects.values_list("form", flat=True)) == {"written", "oral"}
    assert Risk.objects.filter(state="REPORTED").exists()
    running = {
        rule for case in cases.all() for rule in case.deadlines.filter(status="open").values_list("rule", flat=True)
    }
    assert {"M-GEN", "M-CRT", "M-LAB", "M-CONF"} <= running
    assert_numbers_are_dense()
    numbers = [party.masked_number for party in Party.objects.filter(kind="person")]
    assert all(number.startswith("1506") for number in numbers)
    assert set(Lead.objects.values_list("state", flat=True)) == set(LeadState.values)
    handed_in = CampaignReturn.objects.filter(submitted_on__isnull=False)
    assert handed_in.filter(is_zero=True).exists() and handed_in.filter(is_zero=False).exists()
    assert AdministrativeLink.objects.get().case.mediation_facts.dispute_type == "07"
    assert Correction.objects.get().differences == {"people": 2}
    published = SubsidyBatch.objects.get(state="NOTICE")
    assert published.total_yuan == sum(row.amount_yuan for row in published.results.all()) > 0
    before = list(Case.objects.order_by("pk").values_list("number", "state", "version"))
    assert demo.load(office, TODAY, 38, SEED) == 0
    sweep(TODAY)
    assert list(Case.objects.order_by("pk").values_list("number", "state", "version")) == before


def test_the_crowd_has_the_mix_of_the_banner_and_never_succeeds_always(office) -> None:
    organisations.load(office, TODAY, 0, SEED)
    size = 500
    assert Crowd(office, TODAY, size, SEED).write() == size
    assert Crowd(office, TODAY, size, SEED).write() == 0
    cases = MediationCase.objects.all()
    facts = list(cases.values_list("mediation_facts__dispute_type", "mediation_facts__sub_source", "outcome"))
    types = Counter(kind for kind, _source, _outcome in facts)
    for code in ("02", "04", "01", "07", "14", "06", "10"):
        share = sum(value for key, value in TYPES.items() if key[:2] == code)
        assert abs(100 * types[code] / size - share) < 6, code
    sources = Counter(source for _kind, source, _outcome in facts)
    assert abs(100 * (sources["oral"] + sources["written"]) / size - (SOURCES["oral"] + SOURCES["written"])) < 7
    ended = [outcome for _kind, _source, outcome in facts if outcome]
    success = ended.count("agreed") / len(ended)
    assert 0.94 < success < 1
    forms = Counter(Agreement.objects.values_list("form", flat=True))
    assert abs(forms["written"] / sum(forms.values()) - 0.65) < 0.08
    none = cases.filter(mediation_facts__amount_yuan=None).count()
    assert abs(none / size - 0.40) < 0.08
    assert not cases.filter(is_past_record=True).exists()
    assert not Agreement.objects.filter(
        form="oral", case__mediation_facts__dispute_type__in=("10", "12")
    ).exists()  # Labour Disputes Law 14, Regulation on medical disputes 39
    assert_numbers_are_dense()
