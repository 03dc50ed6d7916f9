"""Boards in real Chromium."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.support.browser import DESKTOP, PHONE, assert_fits
from tests.support.register import person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [DESKTOP, PHONE, (1920, 1080)], ids=["desk", "phone", "large"])
def test_panels_are_seen_in_the_order_in_which_they_are_read(page_at, size):
    page = page_at(*size, user=person("leader", "leader", at="150621"))
    page.goto(reverse("board", args=["leader"]))
    boxes = [panel.bounding_box() for panel in page.locator(".board > section").all()]
    assert len(boxes) > 5
    places = [(round(box["y"]), round(box["x"])) for box in boxes]
    assert places == sorted(places)
    assert_fits(page)
