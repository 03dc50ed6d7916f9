"""Links and pictures of the documentation lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from casemgr.jobs.runner import schedule

LINK = re.compile(r"\]\(([^)#\s]+)\)")
NAMED = re.compile(r"\[`([\w-]+)`\]\(([^)#\s]+)\)")
WORD = re.compile(r"`(\w+)`")
COMMAND = re.compile(r"manage\.py ([a-z_]+)([^`\n|#]*)")
OPTION = re.compile(r"(?<!\S)--[a-z-]+")
PAGES = sorted([*settings.BASE_DIR.glob("*.md"), *settings.BASE_DIR.glob("docs/**/*.md")])


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.relative_to(settings.BASE_DIR).as_posix())
def test_every_link_leads_to_a_file(document: Path) -> None:
    targets = [target for target in LINK.findall(document.read_text()) if "://" not in target]
    assert not [target for target in targets if not (document.parent / target).exists()]


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.relative_to(settings.BASE_DIR).as_posix())
def test_a_linked_name_stands_in_its_file(document: Path) -> None:
    named = [(name, document.parent / target) for name, target in NAMED.findall(document.read_text())]
    assert not [(name, str(path)) for name, path in named if not re.search(rf"\b{name}\b", path.read_text())]


def test_every_class_a_walk_names_is_in_the_code() -> None:
    """Also those named without a link of their own."""
    walk = Path(settings.BASE_DIR, "docs/a-walk-through.md")
    linked = "".join(
        (walk.parent / target).read_text() for target in LINK.findall(walk.read_text()) if target.endswith(".py")
    )
    classes = [
        word for word in WORD.findall(walk.read_text()) if re.fullmatch(r"([A-Z][a-z]+)+|[A-Z]+(_[A-Z]+)+", word)
    ]
    assert not [name for name in classes if not re.search(rf"\b{name}\b", linked)]


def test_every_variable_that_settings_read_is_described() -> None:
    read = re.findall(
        r'(?:environ\.get|_flag|_kept_secret)\(\s*"([A-Z_]+)"',
        Path(settings.BASE_DIR, "casemgr/settings.py").read_text(),
    )
    described = Path(settings.BASE_DIR, "docs/configuration.md").read_text()
    assert not [name for name in read if f"`{name}`" not in described]


def test_every_command_of_a_page_is_there_with_its_options() -> None:
    known = get_commands()
    wrong = []
    for document in PAGES:
        for name, rest in COMMAND.findall(document.read_text()):
            if name not in known:
                wrong.append((document.name, name))
                continue
            parser = load_command_class(known[name], name).create_parser("manage.py", name)
            takes = parser.format_help() + "".join(
                sub.format_help()
                for action in parser._actions
                if isinstance(action.choices, dict)
                for sub in action.choices.values()
            )
            wrong += [(document.name, name, option) for option in OPTION.findall(rest) if option not in takes]
    assert wrong == []


@pytest.mark.parametrize("name", ["docs/operation.md", "docs/manual/operator.md"])
def test_the_operators_tables_have_the_time_of_every_nights_work(name: str) -> None:
    text = Path(settings.BASE_DIR, name).read_text()
    daily = {f"{entry.at:%H:%M}" for entry in schedule() if entry.at}
    assert daily
    assert sorted(at for at in daily if at not in text) == []
