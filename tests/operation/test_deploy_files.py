"""The files an office copies fit the settings, commands and figures that there are."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.test import Client

from casemgr.jobs.models import Job
from tests.support import office

FILES = Path(settings.BASE_DIR, "docs", "deploy")
OPERATION = Path(settings.BASE_DIR, "docs", "operation.md").read_text()
EXAMPLE = dict(line.split("=", 1) for line in (FILES / "env.example").read_text().splitlines() if line[:1].isupper())
ALERTS = {
    rule["alert"]: rule["expr"]
    for group in yaml.safe_load((FILES / "alerts.yml").read_text())["groups"]
    for rule in group["rules"]
}


def test_every_setting_of_the_example_is_described() -> None:
    described = Path(settings.BASE_DIR, "docs", "configuration.md").read_text()
    assert not [name for name in EXAMPLE if f"`{name}`" not in described]


def test_the_example_filled_in_passes_the_deployment_check(tmp_path: Path) -> None:
    places = {name: str(tmp_path / name) for name in EXAMPLE if EXAMPLE[name].startswith("/")}
    filled = {"SECRET_KEY": secrets.token_urlsafe(50), "FIELD_KEYS": "k2026:" + "ab" * 32, **places}
    outside = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={**outside, **EXAMPLE, **filled, "DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}", "DEBUG": "0"},
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("unit", ["casemgr-web@", "casemgr-worker@", "casemgr-beat"])
def test_units_start_what_the_tested_office_starts(unit: str) -> None:
    read = ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(FILES / f"{unit}.service")
    service = read["Service"]
    assert service["EnvironmentFile"] == "/etc/casemgr/env"
    assert service["Restart"] == "always"
    started = {"casemgr-web@": office.web(8001), "casemgr-worker@": office.worker(1, ""), "casemgr-beat": office.beat()}
    # -m PROGRAM ARGUMENTS…; names and places differ by machine
    _python, _m, program, *arguments = started[unit]
    said = service["ExecStart"].split()
    assert said[0] == f"/opt/casemgr/.venv/bin/{program}"
    differing = {"-n", "-s", "-l", "--bind", "--graceful-timeout"}
    assert _options(said[1:], differing) == _options(arguments, differing)


def _options(words: list[str], differing: set[str]) -> list[str]:
    kept, skip = [], False
    for word in words:
        if skip or word in differing:
            skip = not skip
            continue
        kept.append(word)
    return kept


@pytest.mark.django_db
def test_every_alarm_looks_at_a_figure_that_is_there_and_is_explained(client: Client) -> None:
    Job.objects.create(kind="verify", status="failed")
    client.get("/healthz")
    text = client.get("/metrics").content.decode()
    for alarm, expression in ALERTS.items():
        for figure in re.findall(r"casemgr_\w+", expression):
            assert re.search(rf"^{figure}[ {{]", text, re.MULTILINE), (alarm, figure)
        assert f"`{alarm}`" in OPERATION
    assert set(re.findall(r"`(Casemgr\w+)`", OPERATION)) == set(ALERTS)


def test_every_command_of_the_text_exists() -> None:
    known = get_commands()
    for name in set(re.findall(r"manage\.py ([a-z_]+)", OPERATION)):
        assert name in known, name
    for name, option in set(re.findall(r"manage\.py ([a-z_]+) [^`\n#]*?(--[a-z-]+)", OPERATION)):
        command = known[name]
        made = load_command_class(command, name) if isinstance(command, str) else command
        assert option in made.create_parser("manage.py", name).format_help(), (name, option)
