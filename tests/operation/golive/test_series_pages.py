"""A year's series continue the paper register, leave out numbers for a reason, and prove that none is missing."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from casemgr.actions.errors import Forbidden, GuardRefused, InvalidInput
from casemgr.actions.perform import perform
from casemgr.numbering.models import Counter, IssuedNumber, SeriesStart
from casemgr.numbering.proof import prove
from casemgr.numbering.series import NumberUsed, allocate, start_at
from casemgr.pages.clock import today as clock_today
from tests.support.papers import RECEIPT, a_case, an_office
from tests.support.register import person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)
SERIES = "reconsideration.decision"


@pytest.fixture
def admin():
    return person("boss", "admin", at="150621")


def proof(year: int = 2026):
    return next(found for found in prove(year) if found.series == SERIES and not found.owner)


def start(admin, number: int, today: date = TODAY, reason: str = "1至46号在纸质登记簿") -> None:
    sent = {"series": SERIES, "year": today.year, "owner": "", "next_number": number, "reason": reason}
    perform("numbering.start", None, sent, admin, today)


def test_a_series_continues_the_paper_register_and_the_proof_holds(admin) -> None:
    start(admin, 47)
    assert allocate(SERIES, TODAY).text == "达政复决字〔2026〕47号"
    found = proof()
    assert (found.issued, found.elsewhere, found.next_number, found.is_complete) == (1, 46, 48, True)
    row = SeriesStart.objects.get()
    assert (row.reason, row.history.get().history_action) == ("1至46号在纸质登记簿", "numbering.start")


def test_a_series_never_goes_back_below_a_used_number(admin) -> None:
    start(admin, 47)
    allocate(SERIES, TODAY)
    for number in (1, 46, 47):
        with pytest.raises(GuardRefused) as refused:
            start(admin, number)
        assert refused.value.refusals[0].code == "number-used"
    assert Counter.objects.get(series=SERIES).last == 47


def test_a_slip_is_corrected_as_long_as_nothing_was_given(admin) -> None:
    start(admin, 470)
    start(admin, 47)
    assert allocate(SERIES, TODAY).number == 47
    start(admin, 60, reason="48至59号由值班室手工编号")
    start(admin, 48, reason="误登")
    assert allocate(SERIES, TODAY).number == 48
    assert proof().is_complete
    assert [row.first for row in SeriesStart.objects.all()] == [47]


def test_the_next_number_is_voided_with_its_reason_and_never_given(admin) -> None:
    sent = {"series": SERIES, "year": 2026, "owner": "", "reason": "用纸污损"}
    voided = perform("numbering.void_next", None, sent, admin, TODAY)
    assert (voided.number, voided.void_reason) == (1, "用纸污损")
    assert allocate(SERIES, TODAY).number == 2
    assert (proof().issued, proof().voided, proof().is_complete) == (2, 1, True)


def test_a_number_that_was_removed_shows(admin) -> None:
    numbers = [allocate(SERIES, TODAY) for _n in range(5)]
    IssuedNumber.objects.filter(pk__in=[numbers[1].pk, numbers[4].pk]).delete()
    assert proof().missing == (2, 5)


def test_years_gone_are_not_changed(admin) -> None:
    sent = {"series": SERIES, "year": 2025, "owner": "", "next_number": 9, "reason": "x"}
    with pytest.raises(InvalidInput):
        perform("numbering.start", None, sent, admin, TODAY)


def test_only_administrators_of_the_whole_banner(admin) -> None:
    for other in (person("part", "admin", at="150621-SFJ"), person("head", "head")):
        with pytest.raises(Forbidden):
            start(other, 47)


@pytest.mark.parametrize(
    "text", ["达政复字{number}号", "{year}", "{year}{number}{secret}", "{year.real}{number}", "{year}{number}{"]
)
def test_a_format_that_cannot_tell_numbers_apart_is_refused(admin, text: str) -> None:
    with pytest.raises(InvalidInput):
        perform("numbering.set_format", None, {"series": SERIES, "year": 2026, "format": text}, admin, TODAY)


def test_a_new_format_is_for_new_numbers(admin) -> None:
    first = allocate(SERIES, TODAY)
    sent = {"series": SERIES, "year": 2026, "format": "达政复议决〔{year}〕{number}号"}
    perform("numbering.set_format", None, sent, admin, TODAY)
    assert (first.text, allocate(SERIES, TODAY).text) == ("达政复决字〔2026〕1号", "达政复议决〔2026〕2号")


@settings(deadline=None)
@given(steps=st.lists(st.one_of(st.none(), st.integers(1, 40)), max_size=25))
def test_whatever_is_started_and_given_no_number_is_missing_or_doubled(steps: list[int | None]) -> None:
    IssuedNumber.objects.all().delete()
    Counter.objects.all().delete()
    SeriesStart.objects.all().delete()
    given_numbers: list[int] = []
    for step in steps:
        if step is None:
            given_numbers.append(allocate(SERIES, TODAY).number)
            continue
        if step <= max(given_numbers, default=0):
            with pytest.raises(NumberUsed):
                start_at(SERIES, 2026, step, reason="x")
        else:
            start_at(SERIES, 2026, step, reason="x")
        assert proof().is_complete
    assert given_numbers == sorted(set(given_numbers))
    assert proof().is_complete


class TestPages:
    @pytest.fixture
    def keeper(self, admin) -> Client:
        client = Client()
        client.force_login(admin)
        return client

    def test_the_list_shows_next_numbers_starts_and_voids(self, keeper) -> None:
        year = clock_today().year
        address = reverse("series_step", args=["reconsideration.receipt", "start"]) + f"?year={year}&owner="
        assert keeper.get(address).status_code == 200
        sent = {
            "series": "reconsideration.receipt",
            "year": year,
            "owner": "",
            "next_number": 31,
            "reason": "前30号见登记簿",
        }
        answer = keeper.post(address, sent, follow=True)
        text = answer.content.decode()
        assert f"达政复收字〔{year}〕31号" in text
        assert "前30号见登记簿" in text
        office = an_office()
        paper = office.paper(
            a_case(office, received_on=clock_today(), today=clock_today()), "receipt", clock_today(), RECEIPT
        )
        assert paper.number_text == f"达政复收字〔{year}〕31号"
        back = keeper.post(address, {**sent, "next_number": 31, "reason": "再来"})
        assert back.status_code == 409
        void = reverse("series_step", args=["reconsideration.receipt", "void"]) + f"?year={year}&owner="
        assert "用纸污损" in keeper.post(void, {**sent, "reason": "用纸污损"}, follow=True).content.decode()

    def test_unknown_series_and_steps_do_not_exist(self, keeper) -> None:
        for args in (["nothing", "start"], [SERIES, "delete"]):
            assert keeper.get(reverse("series_step", args=args)).status_code == 404
        assert keeper.get(reverse("series_list") + "?year=abcd").status_code == 200
