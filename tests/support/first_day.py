"""The installation of the first day, put back after every test that commits: a copy is quicker than making it again."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from os import environ

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

IN_CI = environ.get("CI") == "true"


@contextmanager
def put_back_after_commits() -> Iterator[None]:
    """Load the reference data; for the time of the block, tests that commit end with this database again."""
    load_reference_data()
    flush = TransactionTestCase._fixture_teardown
    put_back = _copied() if connection.vendor == "sqlite" else load_reference_data

    def teardown(case: TransactionTestCase) -> None:
        if connection.vendor != "sqlite":
            flush(case)
        put_back()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


def _copied():
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    connection.ensure_connection()
    connection.connection.backup(kept)

    def put_back() -> None:
        connection.close()  # a result that nobody read to its end would hold the file
        connection.ensure_connection()
        kept.backup(connection.connection)

    return put_back


def load_reference_data() -> None:
    """As `manage.py load_reference`; a package under construction is a warning on a developer's machine only."""
    from casemgr.operation.reference import loaders

    for label, loader in loaders():
        try:
            with transaction.atomic():
                loader()
        except Exception as error:
            if IN_CI:
                raise
            warnings.warn(f"reference data of {label} could not be loaded: {error!r}", stacklevel=1)
