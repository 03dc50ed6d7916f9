"""A program that talks to the API: JSON in, JSON out, with a token of one person."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from casemgr.organisation.tokens.models import ApiToken
from casemgr.organisation.tokens.scopes import SCOPES

BASE = "/api/v1"


def token_of(user: Any, *scopes: str, **values: Any) -> ApiToken:
    """A token for the person; of every scope when none is named."""
    values = {"name": "test", "expires_at": timezone.now() + timedelta(hours=1), **values}
    token = ApiToken.make(user, created_by=user, scopes=list(scopes or SCOPES), **values)
    token.save()
    return token


class Program:
    """`program.get("/cases")`, `program.post("/cases/1/actions/x", {…})`: the answer with its `json()`."""

    def __init__(self, user: Any = None, *scopes: str, language: str = "en") -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Accept-Language": language}
        if user is not None:
            self.headers["Authorization"] = f"Bearer {token_of(user, *scopes).secret}"

    def get(self, path: str, params: dict | None = None, **headers: str) -> Any:
        return self.client.get(self._address(path), params, headers={**self.headers, **headers})

    def post(self, path: str, payload: Any = None, **headers: str) -> Any:
        body = payload if isinstance(payload, bytes) else json.dumps(payload or {}, default=str).encode()
        sent = {**self.headers, **headers}
        return self.client.post(self._address(path), body, content_type="application/json", headers=sent)

    def upload(self, path: str, data: dict[str, Any], **headers: str) -> Any:
        return self.client.post(self._address(path), data, headers={**self.headers, **headers})

    @staticmethod
    def _address(path: str) -> str:
        return path if path.startswith(("/api/", "http")) else BASE + path
