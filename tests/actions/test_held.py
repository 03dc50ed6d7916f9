"""What a running action holds of the rows it has locked: shared by what runs within it, gone with it."""

from __future__ import annotations

import pytest

from casemgr.actions import held


class Note:
    def __init__(self, text: str) -> None:
        self.text: str | None = text

    def forget(self) -> None:
        self.text = None


def read() -> str | None:
    found = held.of("row")
    return found.text if found is not None else None


def test_outside_of_an_action_nothing_is_held():
    held.hold("row", Note("read"))
    assert read() is None


def test_a_nested_action_shares_and_the_end_of_the_outermost_ends_it():
    with held.action():
        held.hold("row", Note("read"))
        with held.action():
            held.hold("row", Note("again"))
            assert read() == "read"
        assert read() == "read"
    assert read() is None


def test_what_fails_leaves_nothing_that_was_read_in_it():
    with held.action():
        held.hold("row", Note("read"))
        with pytest.raises(ValueError), held.action():
            held.hold("other", Note("locked within"))
            raise ValueError
        assert (held.of("row").text, held.of("other")) == (None, None)


def test_what_is_tried_and_taken_back_reads_for_itself():
    with held.action():
        held.hold("row", Note("read"))
        with held.apart():
            held.hold("row", Note("tried"))
            assert read() is None
        assert read() == "read"
