"""After a table has grown by the thousand PostgreSQL plans with what is in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from casemgr.audit.inserting import insert_values
from casemgr.audit.statistics import count_grown_tables
from casemgr.parties.models import Party, PartyGram


def planned_rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'parties_partygram'")
        return cursor.fetchone()[0]


@pytest.fixture
def uncounted(transactional_db: None) -> Iterator[None]:
    """PostgreSQL's own housekeeping, which may come at any moment, leaves the table to us; it begins counted."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE parties_partygram SET (autovacuum_enabled = false)")
        cursor.execute("ANALYZE parties_partygram")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE parties_partygram RESET (autovacuum_enabled)")


@pytest.mark.django_db(transaction=True)
def test_a_table_that_has_doubled_is_counted_once(uncounted: None) -> None:
    if connection.vendor != "postgresql":
        assert count_grown_tables() == []
        return
    party = Party.objects.create(kind=Party.Kind.ORGANISATION, name="达拉特旗顺达工程有限公司")
    with transaction.atomic():
        insert_values(PartyGram, ("gram", "party"), [(f"g{number}", party.pk) for number in range(1000)])
        assert count_grown_tables() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    assert any(name.endswith("parties_partygram") for name in count_grown_tables())
    assert planned_rows() >= 1000
    assert not any(name.endswith("parties_partygram") for name in count_grown_tables())
