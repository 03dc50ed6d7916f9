"""Rows made by the thousand are those that a model makes one by one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import models

from casemgr.audit.fresh import fresh
from casemgr.cases.models import Act, Deadline, Event, Participation
from casemgr.organisation.models import Unit
from casemgr.parties.models import Party, PartyKey
from litigation.models import LitigationCase
from mediation.models import MediationCase
from reconsideration.models import ReconsiderationCase

AGENCY = Party(pk=7, kind="agency", name="达拉特旗公安局")
UNIT = Unit(pk=3, name="达拉特旗司法局")
CASE = ReconsiderationCase(pk=5, number="1", state="RECEIVED", unit=UNIT)
DAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Act, {"agency": AGENCY, "number": "1", "acted_on": DAY, "kind": "penalty", "title": ""}),
        (Event, {"case": CASE, "kind": "received", "occurred_on": DAY, "party": None, "sequence": 1, "actor_id": 4}),
        (Event, {"case_id": 5, "kind": "received", "sequence": 2, "data": {"a": 1}}),
        (Deadline, {"case": CASE, "rule": "R", "party_id": 7, "start_on": DAY, "suspensions": [], "met_by_id": None}),
        (Participation, {"case": CASE, "party": AGENCY, "role": "respondent", "represents": None, "snapshot": b"1"}),
        (Party, {"kind": "person", "name": "王宝音", "registered_by": UNIT}),
        (PartyKey, {"wrapped_key": b"1", "key_id": "k"}),
        *((model, {"number": "1", "state": "RECEIVED", "unit": UNIT, "act": None, "number_year": 2026})
          for model in (ReconsiderationCase, LitigationCase, MediationCase)),
    ],
)  # fmt: skip
def test_a_row_is_as_its_model_makes_it(model: type[models.Model], values: dict[str, Any]) -> None:
    made, ours = model(**values), fresh(model, **values)
    own, ours_own = ({name: value for name, value in row.__dict__.items() if name != "_state"} for row in (made, ours))
    assert ours_own == own
    assert (ours._state.adding, ours._state.db) == (made._state.adding, made._state.db)
    assert ours._state.fields_cache == made._state.fields_cache
    assert type(ours) is type(made)


def test_defaults_are_nobody_elses() -> None:
    fresh(Event, kind="received", sequence=1).data["note"] = "one"
    assert fresh(Event, kind="received", sequence=1).data == {}


def test_a_name_no_column_bears_is_refused() -> None:
    with pytest.raises(TypeError, match="occured_on"):
        fresh(Event, kind="received", occured_on=DAY)
