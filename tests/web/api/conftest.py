"""A program that works in the name of the office's officer."""

from __future__ import annotations

import pytest

from tests.support.api import Program


@pytest.fixture
def program(office):
    return Program(office.officer)
