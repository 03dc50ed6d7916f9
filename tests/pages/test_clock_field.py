"""A time of the day, however a page or a program sends it."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django import forms

from casemgr.pages.forms import ClockField


@pytest.mark.parametrize("sent", ["09:30", " 09:30:00 ", time(9, 30)])
def test_a_time_is_read(sent: Any) -> None:
    assert ClockField().clean(sent) == time(9, 30)


@pytest.mark.parametrize("sent", [930, 9.5, True, ["09:30"], {"at": "09:30"}, "25:00", "halb zehn"])
def test_what_is_no_time_is_refused_with_words(sent: Any) -> None:
    with pytest.raises(forms.ValidationError, match="09:30"):
        ClockField().clean(sent)
