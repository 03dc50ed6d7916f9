"""`manage.py timelimit` as the interfaces promise it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

DATA = Path(__file__).parents[1] / "data"
ROOT = Path(__file__).parents[2]
VECTORS = json.loads((DATA / "time-limit-vectors.json").read_text())
MEDIATION = json.loads((DATA / "mediation-and-registry-vectors.json").read_text())
KEYS = {
    "rule", "name", "start", "length", "unit", "nominal", "due", "calendar_status", "citation", "bound_party",
    "on_expiry", "steps",
}  # fmt: skip

CODES_OF_THE_DOSSIERS = """
R-APPLY R-APPLY-START R-APPLY-1Y R-APPLY-MAX R-APPLY-OMIT R-FWD-PEN R-ACC R-REJ R-CORR-1 R-CORR-2 R-CORR-3
R-CONFLICT-AGREE R-CONFLICT-DESIGNATE R-FWD-OLD R-DISMISS R-SEND R-REPLY R-SEND-S R-REPLY-S R-CONV R-OPINION
R-HEAR-MUST R-HEAR-NOTICE R-HEAR-ABS R-HEAR-HEAD R-COMM R-ANX-OWN R-ANX-FWD R-ANX-60 R-ANX-NOTIFY R-ANX-REPLY R-SUSP
R-SUSP60 R-TERM R-DEC R-EXT R-DEC-S R-MED R-SETTLE R-STOP R-SERVE R-SUE15 R-SUE-OVER R-REDO R-PERF R-OPIN R-SUGG
R-ENF R-PUB R-COPY R-REP R-FEE R-READ L-SUE6M L-SUE15 L-SUE1Y L-SUEMAX L-OMIT L-SUE-OBST L-FILE L-SERVE L-ANSWER
L-EVID-EXT L-SUPP L-JUR L-SIMPLE-EV L-SUMMON L-HEADNOTICE L-CHANGE L-TRIAL L-TRIAL-S L-SUSP90 L-JUDG-SERVE
L-APPEAL-J L-APPEAL-R L-APPEAL-COPY-SEND L-APPEAL-COPY-FORWARD L-APPEAL-COPY-FILE L-APPEAL-ANSWER L-2ND L-RETRIAL
L-RETRIAL-OP L-RETRIAL-REV L-PROTEST-ORDER L-PROTEST-SUGGESTION L-PERF L-ENF2Y L-NONLIT L-NONLIT-DEMAND
L-NONLIT-C-ACCEPT L-NONLIT-C-OBJECT L-NONLIT-C-UPPER L-NONLIT-C-REVIEW L-NONLIT-C-REVIEW-LONG L-NONLIT-C-SERVE
L-COMP-DECIDE L-COMP-SERVE L-COMP-SUE L-COMP-CLAIM L-COMP-PAY-FILE L-COMP-PAY-FINANCE L-CIVIL-INT J-NORM-ANSWER
J-NORM-SEND J-GOV J-EXEC J-ATT P-PIL P-PIL-URGENT P-OTHER P-TRIAL M-GEN M-CRT M-CRT-P M-CRT-S M-LAB M-MED M-TRF
M-ACK M-APPR M-CONF M-ENF M-REC
"""

pytestmark = pytest.mark.django_db


def timelimit(*args: str) -> dict:
    out = StringIO()
    call_command("timelimit", *args, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_each_worked_example_of_the_dossier(vector: dict) -> None:
    args = [vector["code"], "--start", vector["start"]]
    args += ["--law", vector["law"]] if "law" in vector else []
    args += ["--extend", str(vector["extend"])] if "extend" in vector else []
    for span in vector.get("suspend", []):
        args += ["--suspend", span]
    answer = timelimit(*args)
    for key in ("length", "unit", "nominal", "due", "start"):
        assert answer[key] == vector[key], key
    assert answer["rule"] == vector["code"]
    assert set(answer) >= KEYS
    assert answer["name"] and answer["citation"] and answer["bound_party"] and answer["steps"]


CLOCKS = [
    *MEDIATION["clocks"],
    *({"code": "M-CONF", "start": row["effective"], **row} for row in MEDIATION["deadline_30d_roll"]),
    *({"code": "M-CONF", "start": row["effective"], **row} for row in MEDIATION["deadline_unknown_calendar"]),
    *({"code": "M-MED", **row} for row in MEDIATION["medical_30wd"]),
    *({"code": "M-LAB", **row} for row in MEDIATION["labour_15d"]),
    *({"code": "M-GEN", **row} for row in MEDIATION["one_month"]),
]


@pytest.mark.parametrize("clock", CLOCKS, ids=[f"{clock['code']}-{clock['start']}" for clock in CLOCKS])
def test_each_clock_of_mediation(clock: dict) -> None:
    answer = timelimit(clock["code"], "--start", clock["start"])
    for key in ("length", "unit", "nominal", "due", "calendar_status"):
        if key in clock:
            assert answer[key] == clock[key], key


def test_every_code_of_the_dossiers_is_there() -> None:
    codes = {row["code"] for row in timelimit("--list")}
    assert not set(CODES_OF_THE_DOSSIERS.split()) - codes


def test_the_list_names_length_unit_citation_and_party() -> None:
    rows = timelimit("--list")
    assert all({"code", "law", "name", "length", "unit", "citation", "bound_party"} <= set(row) for row in rows)
    replies = {row["law"]: (row["length"], row["unit"]) for row in rows if row["code"] == "R-REPLY"}
    assert replies == {"2017": (10, "calendar_days"), "2023": (10, "working_days")}


@pytest.mark.parametrize(
    ("code", "start"), [("R-DISMISS", "2026-01-05"), ("R-REPLY-S", "2023-06-01"), ("L-SUE6M", "2015-04-30"),
                        ("L-HEADNOTICE", "2020-06-30"), ("R-CONFLICT-AGREE", "2026-07-01"), ("M-APPR", "2026-01-05")]
)  # fmt: skip
def test_what_no_text_governs_is_named_not_guessed(code: str, start: str) -> None:
    answer = timelimit(code, "--start", start)
    assert answer["due"] is None
    assert answer["not_computed"]
    assert set(answer) >= KEYS


def test_the_law_follows_the_start_day_unless_named() -> None:
    assert timelimit("R-REPLY", "--start", "2023-12-31")["unit"] == "calendar_days"
    assert timelimit("R-REPLY", "--start", "2024-01-01")["unit"] == "working_days"
    assert timelimit("R-REPLY", "--start", "2024-01-02", "--law", "2017")["unit"] == "calendar_days"
    assert timelimit("L-ANSWER", "--start", "2026-04-20", "--law", "2017")["due"] == "2026-05-06"


def test_an_open_suspension_leaves_no_due_day() -> None:
    answer = timelimit("R-DEC", "--start", "2026-03-02", "--suspend", "2026-04-10:")
    assert answer["due"] is None
    assert "not_computed" not in answer


def test_several_suspensions_add_up() -> None:
    spans = ("--suspend", "2026-03-10:2026-03-20", "--suspend", "2026-04-10:2026-04-15")
    assert timelimit("R-DEC", "--start", "2026-03-02", *spans)["nominal"] == "2026-05-16"


@pytest.mark.parametrize(
    "args",
    [
        ("R-ACC", "--start", "2026-02-12", "--extend", "5"),
        ("R-DEC", "--start", "2026-08-04", "--extend", "31"),
        ("R-DEC", "--start", "2026-08-04", "--extend", "-1"),
        ("R-DEC-S", "--start", "2026-08-04", "--extend", "1"),
        ("R-NONE", "--start", "2026-08-04"),
        ("R-DEC", "--start", "2026-02-30"),
        ("R-DEC", "--start", "tomorrow"),
        ("R-DEC",),
        ("R-DEC", "--start", "2026-08-04", "--law", "2020"),
        ("R-DEC", "--start", "2026-08-04", "--suspend", "2026-08-10"),
        ("R-DEC", "--start", "2026-08-04", "--suspend", "2026-08-20:2026-08-10"),
        ("R-DEC", "--start", "2026-08-04", "--suspend", "2026-08-10:2026-08-20", "--suspend", "2026-08-15:2026-08-30"),
        ("R-DEC", "--start", "9999-12-01"),
    ],
)
def test_wrong_input_is_one_line_and_exit_2(args: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("timelimit", *args, "--json")
    assert refusal.value.returncode == 2
    assert len(str(refusal.value).splitlines()) == 1


def test_mediation_is_prolonged_as_the_parties_agree() -> None:
    assert timelimit("M-CRT", "--start", "2026-01-20", "--extend", "60")["nominal"] == "2026-04-20"


def test_it_answers_without_a_database(tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    command = [sys.executable, "manage.py", "timelimit", "R-ACC", "--start", "2026-02-12", "--json"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["due"] == "2026-02-26"
    run = subprocess.run([*command[:-1], "--law", "1999"], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert run.returncode == 2


def test_people_read_the_counting_in_their_language() -> None:
    out = StringIO()
    call_command("timelimit", "R-ACC", "--start", "2026-02-12", stdout=out)
    text = out.getvalue()
    assert "2026-02-26" in text
    assert len(text.splitlines()) > 10
