"""Many entries at once are compared as one by one: the same known parties at the same level, for the same reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.ledgers.actor import LedgerActor
from casemgr.parties import duplicates
from casemgr.parties.duplicates import Particulars
from casemgr.parties.identity import credit_check_digit, old_form, resident_check_digit
from casemgr.parties.matching import similar_to_many
from casemgr.parties.models import Party
from casemgr.parties.registry import PartyData, create
from casemgr.parties.search import similar_to
from reconsideration.demo.people import resident_number

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
BORN = date(1985, 3, 12)
NUMBER, OTHER = (resident_number(serial, BORN, "M") for serial in (7, 8))
MISTYPED = NUMBER[:-1] + next(sign for sign in "0123456789" if sign != resident_check_digit(NUMBER[:17]))
CODE = "91150621MA0N7QXT8" + credit_check_digit("91150621MA0N7QXT8")
KNOWN: list[dict[str, Any]] = [
    {"kind": "person", "name": "王宝音", "identity_kind": "RID", "identity_number": NUMBER, "phone": "13800001234"},
    {"kind": "person", "name": "王宝音", "birth_on": BORN, "village": "新民村"},
    {"kind": "person", "name": "李秀英", "birth_on": BORN, "phone": "13800001234", "aliases": ("王宝英",)},
    {"kind": "person", "name": "王保音", "identity_kind": "RID", "identity_number": OTHER, "former_names": ("王宝音",)},
    {"kind": "organisation", "name": "达拉特旗蓝天商贸有限公司", "identity_kind": "USCC", "identity_number": CODE},
    {"kind": "organisation", "name": "蓝天商贸有限责任公司", "phone": "0477-5212345"},
    {"kind": "agency", "name": "达拉特旗草原监理所"},
]
ENTRY = st.builds(
    Particulars,
    name=st.sampled_from(["王宝音", "王保音", "王宝英", "李秀英", "赵六", "达拉特旗蓝天商贸有限公司",
                          "蓝天商贸有限公司", "达拉特旗草原监理所"]),
    number=st.sampled_from([None, NUMBER, OTHER, old_form(NUMBER), MISTYPED, CODE, CODE[8:17]]),
    birth=st.sampled_from([None, BORN, date(1990, 1, 1), "1985-03-12"]),
    phone=st.sampled_from([None, "13800001234", "+86 138-0000-1234", "04775212345", "1"]),
    village=st.sampled_from([None, "新民村", "白泥井村"]),
    kind=st.sampled_from(["person", "organisation", "agency"]),
    identity_kind=st.sampled_from([None, "RID", "USCC", "PASS"]),
    other_names=st.sampled_from([(), ("王宝音",)]),
)  # fmt: skip


@pytest.fixture
def registry() -> None:
    for known in KNOWN:
        none = {} if "identity_kind" in known or known["kind"] == "agency" else {
            "identity_kind": "NONE", "identity_note": "台账未记载"}  # fmt: skip
        create(PartyData(**{**none, **known}), LedgerActor(), TODAY)
    gone = create(PartyData(**KNOWN[1], identity_kind="NONE", identity_note="重复"), LedgerActor(), TODAY)
    Party.objects.filter(pk=gone.pk).update(merged_into=Party.objects.get(name="李秀英"))


@given(entries=st.lists(ENTRY, min_size=1, max_size=6))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_levels_are_those_of_one_entry_alone(registry, entries: list[Particulars]) -> None:
    for entry, found in zip(entries, similar_to_many(entries), strict=True):
        alone = [(match.party.pk, match.level, match.why) for match in similar_to(entry) if match.why != "one-digit"]
        together = [(match.party.pk, match.level, match.why) for match in found if match.why != "one-digit"]
        assert together == alone


def test_a_number_with_one_wrong_sign_is_left_to_the_check_of_the_number(registry) -> None:
    mistyped = Particulars(name="王宝音", number=MISTYPED, identity_kind="RID")
    assert (duplicates.SAME_Q, "one-digit") in [(match.level, match.why) for match in similar_to(mistyped)]
    assert similar_to_many([mistyped]) == [[]]


def test_a_hundred_entries_take_no_more_queries_than_two(registry) -> None:
    def queries(count: int) -> int:
        entries = [Particulars(name="王宝音", number=resident_number(n, BORN, "M"), birth=BORN) for n in range(count)]
        with CaptureQueriesContext(connection) as asked:
            similar_to_many(entries)
        return len(asked)

    assert queries(100) == queries(2)
