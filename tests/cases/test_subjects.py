"""A subject is a path: what is said of an instance concerns its papers, and two papers do not hear of each other."""

from __future__ import annotations

import pytest

from casemgr.cases.events import same_course


@pytest.mark.parametrize(
    ("one", "other", "touches"),
    [
        ("", "instance:1", True),
        ("instance:1", "instance:1", True),
        ("instance:1", "instance:1/ruling:2", True),
        ("instance:1/ruling:2", "instance:1/ruling:2/obligation:1", True),
        ("instance:1/ruling:2", "instance:1/ruling:3", False),
        ("instance:1", "instance:2", False),
        ("instance:1", "instance:12", False),
    ],
)
def test_entries_touch_along_one_path_only(one, other, touches):
    assert same_course(one, other) is touches
    assert same_course(other, one) is touches
