"""What protects a page in the browser, whatever the page is."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
def test_every_answer_refuses_foreign_and_inline_code(client: Client) -> None:
    headers = client.get("/no-such-page").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
