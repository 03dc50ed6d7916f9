"""Numbers: dense, never doubled, never reused."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from casemgr.numbering.models import IssuedNumber
from casemgr.numbering.series import Series, allocate, declare, start_at, void

SERIES = declare(Series("test.series", "Test", "达测字〔{year}〕{number}号"))


@pytest.mark.django_db
def test_numbers_count_per_year_without_leading_zeros():
    texts = [allocate("test.series", date(year, 3, 1)).text for year in (2026, 2026, 2027)]
    assert texts == ["达测字〔2026〕1号", "达测字〔2026〕2号", "达测字〔2027〕1号"]


@pytest.mark.django_db
def test_each_owner_counts_for_itself():
    assert allocate("test.series", date(2026, 1, 1), owner="A").number == 1
    assert allocate("test.series", date(2026, 1, 1), owner="B").number == 1


@pytest.mark.django_db
def test_a_rollback_gives_the_number_back():
    with pytest.raises(RuntimeError), transaction.atomic():
        allocate("test.series", date(2026, 1, 1))
        raise RuntimeError
    assert allocate("test.series", date(2026, 1, 1)).number == 1


@pytest.mark.django_db
def test_a_series_continues_the_paper_register_in_mid_year():
    start_at("test.series", 2026, 48, reason="paper register")
    assert allocate("test.series", date(2026, 7, 1)).number == 48
    with pytest.raises(ValueError, match="already used"):
        start_at("test.series", 2026, 10, reason="paper register")


@pytest.mark.django_db
def test_a_voided_number_is_never_given_again():
    number = allocate("test.series", date(2026, 1, 1))
    void(number, "登记错误")
    assert allocate("test.series", date(2026, 1, 1)).number == 2
    assert IssuedNumber.objects.get(pk=number.pk).void_reason == "登记错误"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_number_is_given():
    with pytest.raises(RuntimeError):
        allocate("test.series", date(2026, 1, 1))


@pytest.mark.rivals
@pytest.mark.django_db(transaction=True)
def test_eight_rival_writers_get_dense_numbers():
    failures = []

    def write():
        try:
            for _attempt in range(10):
                with transaction.atomic():
                    allocate("test.series", date(2026, 1, 1))
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    numbers = sorted(IssuedNumber.objects.filter(series="test.series").values_list("number", flat=True))
    assert numbers == list(range(1, 81))
