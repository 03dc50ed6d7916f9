"""The bulk lane against `perform`: the same entries leave equal registers, and are refused for the same reasons."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases.models import Case
from casemgr.cases.search import matching_ids
from casemgr.parties.models import Party
from reconsideration.demo.people import credit_number, resident_number
from reconsideration.registration.past_bulk import PastCaseLane
from tests.support.dump import Dump, differences, marks

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
RECORD = "reconsideration.record_past_case"
BORN = date(1985, 3, 12)
PEOPLE: tuple[dict[str, Any], ...] = (
    {"name": "王宝音", "identity_number": resident_number(7, BORN, "M"), "phone": "13800001234"},
    {"name": "王宝音", "identity_number": resident_number(7, BORN, "M"), "address": "达拉特旗树林召镇"},
    {"name": "李秀英", "identity_number": resident_number(7, BORN, "M")},  # the number is somebody else's
    {"name": "李秀英", "identity_number": resident_number(8, BORN, "F"), "former_name": "李改莲"},
    {"name": "赵六", "identity_kind": "NONE", "identity_note": "旧卷未载"},
    {"name": "赵六", "identity_kind": "NONE"},  # no reason given
    {"name": "阿拉坦·乌兰", "identity_number": "150699198503120010"},  # mistyped
    {"name": "达拉特旗甲商贸有限公司", "kind": "organisation", "identity_number": credit_number(9)},
    {"name": "陈明", "role": "agent", "identity_kind": "NONE", "identity_note": "律师证已验"},
    {"name": "第三人甲", "role": "third_party", "identity_kind": "NONE", "identity_note": "未到案"},
)
KINDS = (
    *("accepted", "correction_notice_issued", "correction_notice_served", "corrected", "copy_sent", "copy_served"),
    *("reply_received", "reply_missing", "opinion_heard", "suspended", "resumed", "extended", "decided"),
    *("decision_served", "refused", "refusal_served", "terminated", "mediated", "archived", "sued"),
)


@st.composite
def happened(draw) -> list[dict[str, Any]]:
    day = date(2022, 1, 1) + timedelta(days=draw(st.integers(0, 1780)))
    rows = [{"kind": "received", "on": day}]
    kinds = draw(st.lists(st.sampled_from(KINDS), max_size=7, unique=True))
    for kind in sorted(kinds, key=KINDS.index) if draw(st.integers(0, 3)) else kinds:
        day += timedelta(days=draw(st.integers(0, 25)))
        on: Any = draw(st.sampled_from([day, day, day, day, day, f"{day:%Y-%m}", "", "四月下旬"]))
        rows.append({"kind": kind, "on": on, "note": draw(st.sampled_from(["", "卷内有据"]))})
        if kind == "extended":
            rows[-1]["days"] = draw(st.sampled_from([10, 30, ""]))
    return rows if draw(st.integers(0, 15)) else rows[1:]


@st.composite
def entries(draw, agencies: list[int]) -> list[dict[str, Any]]:
    found = []
    for number in range(draw(st.integers(1, 5))):
        people = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3))
        respondents: list[Any] = draw(st.lists(st.sampled_from(agencies), min_size=1, max_size=2))
        if not draw(st.integers(0, 6)):
            respondents = [{"name": "达拉特旗新设局", "agency_kind": draw(st.sampled_from(["department", ""]))}]
        is_open = draw(st.booleans())
        found.append(
            {
                "number": f"达政复字〔2025〕{number + 1}号" if draw(st.integers(0, 9)) else "旧档甲",
                "people": [{**who, "is_another": "on"} for who in people],
                "respondents": respondents,
                "act_title": draw(st.sampled_from(["行政处罚决定书", "", "限期拆除决定"])),
                "act_number": draw(st.sampled_from(["达罚字[2025]8号", "达罚字〔2025〕8号", ""])),
                "acted_on": draw(st.sampled_from(["", date(2024, 12, 1), date(2030, 1, 1)])),
                "matter": draw(st.sampled_from(["penalty", ""])),
                "area": draw(st.sampled_from(["公安", ""])),
                "amount_yuan": draw(st.sampled_from(["", "1,200.50", "-3"])),
                "track": draw(st.sampled_from(["", "ordinary", "simplified"])),
                "outcome": "" if is_open else draw(st.sampled_from(["", "annulled"])),
                "is_open": "on" if is_open else "",
                "happened": draw(happened()),
            }
        )
    return found


def refusals(error: InvalidInput) -> list[tuple]:
    return sorted((refusal.field or "", str(refusal.message)) for refusal in error.refusals)


def one_by_one(rows: list[dict[str, Any]], actor: Any) -> list[list[tuple] | None]:
    answers: list[list[tuple] | None] = []
    for number, row in enumerate(rows):
        try:
            perform(RECORD, None, row, actor, TODAY, key=f"row-{number}")
        except InvalidInput as error:
            answers.append(refusals(error))
        else:
            answers.append(None)
    return answers


def in_batches(rows: list[dict[str, Any]], actor: Any, size: int) -> list[list[tuple] | None]:
    answers: list[list[tuple] | None] = []
    for start in range(0, len(rows), size):
        with transaction.atomic():
            lane = PastCaseLane(actor, TODAY)
            lane.expect(rows[start : start + size])
            for number, row in enumerate(rows[start : start + size], start):
                try:
                    lane.add(row, key=f"row-{number}")
                except InvalidInput as error:
                    answers.append(refusals(error))
                else:
                    answers.append(None)
            lane.write()
    return answers


def outcome_of(lane, *arguments: Any) -> tuple[list, Dump, list[set[str]]]:
    """What a lane answers and leaves; taken back afterwards."""
    since = marks()
    with transaction.atomic():
        answers = lane(*arguments)
        dump = Dump(since)
        found = [
            set(Case.objects.filter(pk__in=matching_ids(text)).values_list("number", flat=True))
            for text in ("王宝音", "行政处罚", "达政复字〔2025〕1号", "wby", "李改莲")
        ]
        transaction.set_rollback(True)
    return answers, dump, found


@given(data=st.data())
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_same_entries_leave_equal_registers(data, officer) -> None:
    agencies = list(Party.objects.filter(kind="agency").order_by("pk").values_list("pk", flat=True)[:2])
    rows = data.draw(entries(agencies))
    size = data.draw(st.integers(1, 5))
    expected, single, found_singly = outcome_of(one_by_one, rows, officer)
    answers, bulk, found = outcome_of(in_batches, rows, officer, size)
    assert answers == expected
    assert differences(single, bulk) == []
    assert found == found_singly
