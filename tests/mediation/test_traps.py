"""Traps of the dossier, §8, that the ground keeps mediation out of; the others stand where their part is tested.

01 test_clocks, 02 agreements/test_effect, 04, 05, 13 agreements/test_confirmation, 06, 07 agreements/test_signing,
08, 12 test_intake, 09 test_endings, 10 test_registration, 16 test_registration.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from casemgr.actions.errors import InvalidInput
from casemgr.numbering.models import IssuedNumber
from casemgr.parties import names
from casemgr.parties.identity import age_on, check_resident, told_by
from casemgr.parties.invented import resident_number
from casemgr.parties.models import Party
from tests.support.mediation import accepted
from tests.support.once import runs_once

pytestmark = pytest.mark.django_db
BORN = date(1985, 3, 12)


@pytest.mark.parametrize(
    ("effective", "due"),
    [
        (date(2026, 9, 1), date(2026, 10, 8)),  # 1 October is a holiday week
        (date(2026, 12, 2), date(2027, 1, 4)),  # New Year's Day of a year not published, then a weekend
    ],
)
def test_trap_03_a_last_day_on_a_holiday_moves(effective, due) -> None:
    from casemgr.calendar.current import current_calendar
    from casemgr.timelimits.arithmetic import calendar_days, compute

    assert compute(calendar_days(30), effective, current_calendar()).due == due


def test_trap_18_a_number_is_judged_by_its_sign_not_by_todays_counties(register) -> None:
    ending_in_x = next(number for n in range(400) if (number := resident_number(n, BORN, "M")).endswith("X"))
    case = register(
        people=[
            {"name": "王宝音", "role": "applicant", "identity_number": ending_in_x.lower()},
            {"name": "李四", "role": "respondent", "identity_number": "152723500612001"},  # fifteen digits, old county
        ]
    )
    first, second = (part.party for part in case.participations.order_by("pk"))
    assert first.open_number() == ending_in_x
    assert second.open_number() == "152723500612001"  # stored as shown, never built up to eighteen
    assert age_on(told_by("RID", ending_in_x, date(2026, 3, 11)).birth, date(2026, 3, 11)) == 40  # not by years alone
    wrong = ending_in_x[:-1] + "1"
    assert not check_resident(wrong, date(2026, 11, 23)).is_acceptable


def test_trap_19_a_name_is_kept_as_it_is(register) -> None:
    entered = ["奇•额尔登", "\uf9dc䶮", "𬭚", "阿拉坦其其格玛苏日古格"]
    case = register(
        people=[{"name": name, "role": "respondent" if n else "applicant"} for n, name in enumerate(entered)]
    )
    kept = [part.party.name for part in case.participations.order_by("pk")]
    assert kept == ["奇·额尔登", *entered[1:]]  # only the dot is put right, compatibility ideographs are not
    assert names.stored_name("䶮").encode("gb18030").decode("gb18030") == "䶮"


def test_trap_20_two_of_one_name_stay_two_and_signed_names_stay_signed(register) -> None:
    one = register()
    other = register(people=[{"name": "王宝音", "role": "applicant", "is_another": "on"},
                             {"name": "赵六", "role": "respondent"}])  # fmt: skip
    first, second = (case.participations.get(role="applicant") for case in (one, other))
    assert first.party_id != second.party_id
    Party.objects.filter(pk=second.party_id).update(merged_into_id=first.party_id)
    second.refresh_from_db()
    assert second.name == "王宝音"


@runs_once
def test_trap_21_no_column_no_index_and_no_history_holds_a_number_in_full(register) -> None:
    number = resident_number(3, BORN, "F")
    register(people=[{"name": "王宝音", "role": "applicant", "identity_number": number, "phone": "13800004321"},
                     {"name": "李四", "role": "respondent"}])  # fmt: skip
    dumped = "\n".join(connection.connection.iterdump())
    assert number not in dumped
    assert "13800004321" not in dumped


def test_trap_22_a_void_number_stays_used(register, act, worker) -> None:
    from tests.support.mediation import mediator

    first = register()
    act("void", first, by=mediator("town-1", "town"), reason="重复登记")
    second = register(same_checked="on")
    assert [case.number_sequence for case in (first, second)] == [1, 2]
    assert IssuedNumber.objects.filter(series="mediation.case").count() == 2
    assert accepted(date(2026, 11, 23), date(2026, 11, 23)).number_sequence == 3


def test_trap_18_one_wrong_digit_is_named_and_nothing_is_registered(register) -> None:
    number = resident_number(3, BORN, "F")
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    with pytest.raises(InvalidInput) as refused:
        register(people=[{"name": "王宝音", "role": "applicant", "identity_number": wrong},
                         {"name": "李四", "role": "respondent"}])  # fmt: skip
    assert any("identity_number" in (refusal.field or "") for refusal in refused.value.refusals)
    assert wrong not in str(refused.value)
