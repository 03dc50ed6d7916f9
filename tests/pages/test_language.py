"""Chinese first, English when chosen."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_a_browser_that_asks_for_english_still_gets_chinese(client):
    answer = client.get("/login/", headers={"accept-language": "en-US,en;q=0.9"})
    assert 'lang="zh-hans"' in answer.text or 'lang="zh-Hans"' in answer.text


def test_the_switch_decides(client):
    client.post("/language/", {"language": "en", "next": "/login/"})
    assert 'lang="en"' in client.get("/login/").text
