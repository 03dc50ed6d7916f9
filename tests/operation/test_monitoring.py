"""Readiness, metrics, log lines and the person's address behind a proxy."""

from __future__ import annotations

import json
import logging

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from casemgr.audit.models import AccessLog
from casemgr.jobs.runner import queue_due
from casemgr.operation.monitoring.log import JsonFormatter
from casemgr.operation.monitoring.requests import log as request_log
from tests.support.register import person

pytestmark = pytest.mark.django_db
NUMBER = "15062119900307002X"


def test_ready_when_every_part_can_work(client: Client) -> None:
    assert client.get("/readyz").json()["checks"]["worker"] != "ok"
    queue_due(timezone.now())
    answer = client.get("/readyz")
    assert answer.status_code == 200, answer.json()
    assert set(answer.json()["checks"].values()) == {"ok"}


def test_a_part_that_cannot_work_is_named_without_its_secrets(client: Client, monkeypatch, settings) -> None:
    queue_due(timezone.now())

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device", "/srv/secret")

    monkeypatch.setattr(default_storage, "save", full)
    settings.CELERY_BROKER_URL = ""
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["storage"] == "OSError"
    assert "secret" not in answer.content.decode()


def test_metrics_are_for_staff_networks(client: Client, settings) -> None:
    client.get("/healthz")
    text = client.get("/metrics").content.decode()
    assert 'casemgr_requests_total{method="GET",status="200",view="healthz"}' in text
    assert "casemgr_backup_age_seconds -1.0" in text
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 404
    settings.METRICS_NETWORKS = ["203.0.113.0/24"]
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 200


def test_a_line_is_one_object_without_numbers_and_addresses(client: Client, caplog) -> None:
    request_log.setLevel(logging.INFO)
    client.force_login(person("logged", "officer"))
    with caplog.at_level(logging.INFO, logger="casemgr.requests"):
        client.get("/cases/", {"q": "张三"})
    record = next(record for record in caplog.records if record.name == "casemgr.requests")
    record.msg = f"request {NUMBER}"
    line = JsonFormatter().format(record)
    seen = json.loads(line)
    assert (seen["view"], seen["status"]) == ("case_list", 200)
    assert "张三" not in line
    assert NUMBER not in line


@pytest.mark.parametrize(
    ("proxies", "passed", "seen"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the left one anybody may have written
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
    ],
)
def test_the_log_sees_the_person_behind_trusted_proxies(client, settings, proxies, passed, seen) -> None:
    settings.TRUSTED_PROXIES = proxies
    client.post("/login/", {"username": "nobody", "password": "wrong"}, HTTP_X_FORWARDED_FOR=passed)
    assert AccessLog.objects.filter(kind="log_in_failed").latest("pk").ip_address == seen
