"""`manage.py where`: from a user's words to the lines of code, for every action of the house."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from casemgr.actions import registry
from casemgr.operation.wayfinding.trail import entries_of, trail

WALK = Path(settings.BASE_DIR, "docs/a-walk-through.md")


def where(*words: str) -> str:
    out = StringIO()
    call_command("where", *words, stdout=out)
    return out.getvalue()


def trail_of(name: str) -> list[tuple[str, str, str]]:
    return [(hop.kind, hop.what, hop.place.name if hop.place else "") for hop in trail(registry.get(name))]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("口头协议",), "mediation.agree_orally"),
        (("written", "agreement"), "mediation.write_agreement"),
        (("延期通知书",), "reconsideration.extend"),  # the paper that performs it
        (("不能出庭", "情况说明"), "litigation.explain_absence"),
        (("Session", "held"), "litigation.record_session"),  # what the timeline says
        (("reconsideration.extend",), "reconsideration.extend"),
    ],
)
def test_what_a_user_says_finds_the_action(words: tuple[str, ...], name: str) -> None:
    assert name in where(*words)


def test_the_exact_name_shows_its_whole_trail() -> None:
    found = trail_of("reconsideration.extend")
    assert ("paper issued", "extension_notice 延期通知书", "EXTENSION_NOTICE") in found
    assert ("form", "", "ExtendForm") in found
    assert ("guard", "extension-cap 62(1)", "extension_within_cap") in found
    assert ("entry", "extended", "") in found
    assert {what.split(",")[0] for kind, what, _name in found if kind == "rule"} == {"R-DEC extended"}
    assert "page" not in {kind for kind, _what, _name in found}  # only its paper performs it


def test_entries_written_by_hand_are_found_too() -> None:
    assert entries_of(registry.get("mediation.agree_orally")) == ["agreed"]
    assert entries_of(registry.get("litigation.record_session")) == ["session_held"]


def test_every_place_is_a_line_where_its_name_stands() -> None:
    read: dict[str, list[str]] = {}
    wrong = []
    for action in registry.every().values():
        for hop in trail(action):
            if hop.place is None:
                assert hop.kind in ("page", "template", "in", "test"), (action.name, hop)
                continue
            lines = read.setdefault(hop.place.path, Path(settings.BASE_DIR, hop.place.path).read_text().splitlines())
            here = "\n".join(lines[hop.place.line - 1 : hop.place.line + 4])  # a decorator may stand first
            if hop.place.name not in here:
                wrong.append((action.name, hop))
    assert not wrong


@pytest.mark.parametrize("name", ["mediation.agree_orally", "reconsideration.extend", "litigation.explain_absence"])
def test_the_walks_of_the_documentation_pass_every_stop(name: str) -> None:
    text = WALK.read_text()
    own = name.partition(".")[0]
    paths = {hop.place.path for hop in trail(registry.get(name)) if hop.place and hop.place.path.startswith(own)}
    assert not [path for path in paths if f"(../{path})" not in text]


def test_json_gives_one_document() -> None:
    out = StringIO()
    call_command("where", "reconsideration.extend", "--json", stdout=out)
    (found,) = json.loads(out.getvalue())
    assert found["name"] == "reconsideration.extend"
    assert {"kind": "paper's form", "what": "", "place": found["trail"][2]["place"]} == found["trail"][2]


def test_words_nobody_uses_are_refused_in_one_line() -> None:
    with pytest.raises(CommandError, match="xyzzy"):
        where("xyzzy")
