"""Traps of the dossier (§8) that no other file names: 3 (days), 14 (level of the court), 18 (late evidence)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from casemgr.timelimits.arithmetic import Unit
from litigation.court_level import CourtLevel, level_of
from litigation.terms import Deed
from litigation.timelimits import RULES
from tests.support.litigation import GOVERNMENT, Suit, agency_id

BUREAU, TOWN = "达拉特旗公安局", "达拉特旗树林召镇人民政府"


def test_trap_3_no_period_of_five_or_seven_days_of_a_suit_is_counted_in_working_days():
    """Interpretation 2018, art. 48. Where the Administrative Compulsion Law counts (art. 69), its rules say so."""
    working = [rule for rule in RULES if rule.period is not None and rule.period.unit is Unit.WORKING_DAYS]
    found = [(rule.code, rule.period.length) for rule in working if "行政强制法" not in rule.citation]
    assert found == [("L-PERF-INFO", 20)]  # ordered disclosure names its twenty working days itself


@pytest.mark.parametrize(
    ("defendants", "level"),
    [
        ([(BUREAU, Deed.ACTED)], CourtLevel.BASIC),
        ([(GOVERNMENT, Deed.ACTED)], CourtLevel.INTERMEDIATE),
        ([(TOWN, Deed.ACTED)], CourtLevel.BASIC),
        ([(BUREAU, Deed.ACTED), (GOVERNMENT, Deed.RECONSIDERED)], CourtLevel.BASIC),
        ([(TOWN, Deed.ACTED), (GOVERNMENT, Deed.RECONSIDERED)], CourtLevel.BASIC),
        ([(GOVERNMENT, Deed.RECONSIDERED)], CourtLevel.INTERMEDIATE),
    ],
)
def test_trap_14_the_acting_agency_decides_the_level_of_the_court(defendants, level):
    assert level_of(defendants) is level


@pytest.mark.django_db
def test_trap_14_a_government_sued_alone_before_the_basic_court_is_pointed_out(client: Client):
    alone = Suit(date(2026, 6, 5), agencies=[{"known_party": agency_id(GOVERNMENT), "received_on": date(2026, 6, 1)}])
    other = Suit(date(2026, 6, 5))
    client.force_login(alone.actor)
    told = "行诉解释134(3)"
    assert told in client.get(f"/cases/{alone.pk}/").content.decode()
    client.force_login(other.actor)
    assert told not in client.get(f"/cases/{other.pk}/").content.decode()


def test_trap_18_late_evidence_counts_as_none_unless_a_third_party_supplies_it():
    rule = next(one for one in RULES if one.code == "L-ANSWER")
    assert "34" in rule.citation
    assert "third party" in str(rule.on_expiry) or "第三人" in str(rule.on_expiry)
