"""Strings are found in code and templates, kept in a stable file, compiled, and checked for completeness."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from casemgr.operation import messages
from casemgr.operation.messages import Key


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "casemgr").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "casemgr" / "views.py").write_text(
        'title = _("Due on %(day)s")\n'
        'count = ngettext("%(n)s case", "%(n)s cases", n)\n'
        'month = pgettext("calendar", "May")\n'
        'long = gettext_lazy("A sentence that goes on "\n    "over two lines")\n'
    )
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}\n  <h1>{% translate 'Cases' %}</h1>\n <p>{% blocktranslate trimmed with d=day %}\n"
        "   Due on {{ d }}, unless\n   suspended\n {% endblocktranslate %}</p>\n{# note #}\n"
    )
    return tmp_path


def test_strings_of_code_and_templates_are_found(project: Path) -> None:
    assert set(messages.extract(project)) == {
        Key("Due on %(day)s"),
        Key("%(n)s case", plural="%(n)s cases"),
        Key("May", context="calendar"),
        Key("A sentence that goes on over two lines"),
        Key("Cases"),
        Key("Due on %(d)s, unless suspended"),
    }


def test_compiled_texts_are_what_gettext_answers(project: Path) -> None:
    extra = {"Cases": "案件", "%(n)s case": "%(n)s 件", "calendar|May": "五月", "Due on %(day)s": "%(day)s 届满"}
    messages.update(project, extra)
    with messages.compile_catalogue(project).open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("Cases") == "案件"
    assert catalogue.ngettext("%(n)s case", "%(n)s cases", 5) == "%(n)s 件"
    assert catalogue.pgettext("calendar", "May") == "五月"
    assert not messages.is_stale(project)


def test_check_names_what_is_missing_obsolete_or_has_other_placeholders(project: Path) -> None:
    messages.update(project, {"Cases": "案件", "Due on %(day)s": "%(date)s 届满"})
    (project / "casemgr" / "views.py").write_text('title = _("Due on %(day)s")\nnew = _("New")\n')
    problems = messages.check(project)
    assert "New" in problems.untranslated
    assert "calendar|May" in problems.obsolete
    assert problems.placeholders == ["Due on %(day)s → %(date)s 届满"]


def test_a_second_run_and_moved_lines_change_nothing(project: Path) -> None:
    messages.update(project, {"Cases": "案件"})
    before = messages.catalogue_path(project).read_text()
    views = project / "casemgr" / "views.py"
    views.write_text("\n\n\n" + views.read_text())
    messages.update(project, {})
    assert messages.catalogue_path(project).read_text() == before


def test_a_string_with_a_new_context_does_not_take_the_text_of_another_meaning(project: Path) -> None:
    messages.update(project, {"Cases": "案件", "calendar|May": "五月"})
    (project / "casemgr" / "views.py").write_text(
        'fall = pgettext("grammar", "Cases")\nmonth = pgettext("calendar", "May")\n'
    )
    problems = messages.update(project, {})
    assert "grammar|Cases" in problems.untranslated
    assert "calendar|May" not in problems.untranslated


def test_two_parts_that_translate_one_sentence_differently_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"Accept": "受理"}')
    (tmp_path / "b.json").write_text('{"Accept": "接受"}')
    texts, conflicts = messages.read_extra(tmp_path)
    assert texts == {"Accept": "受理"}
    assert len(conflicts) == 1
