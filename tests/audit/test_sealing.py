"""Evidence: whatever row somebody changes, removes, adds or reorders behind the application's back, it shows."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import CharField, TextField
from django.utils import timezone
from django.utils.functional import Promise

from casemgr.actions.perform import perform
from casemgr.audit import evidence, heads, sealing
from casemgr.audit.access import record_access
from casemgr.audit.models import AccessLog, AppendOnlyError, Seal, SealMark, SealPart
from casemgr.audit.verification import Report, verify
from casemgr.cases.models import Case, Event
from casemgr.documents.models import Document, Service
from casemgr.parties.models import Party
from tests.support.once import runs_once
from tests.support.papers import a_case, an_office

pytestmark = pytest.mark.django_db
SERVED = date(2026, 9, 3)


def words(report: Report) -> list[str]:
    return [finding.what for finding in report.findings]


@pytest.fixture
def a_file() -> Case:
    """A case with an issued and served paper, and some looks."""
    office = an_office()
    case = a_case(office)
    paper = office.paper(case, "receipt", SERVED, {"materials": "行政复议申请书，2份"})
    if paper.kind_info.recipients(paper.case):
        office.serve(paper, SERVED)
    perform("cases.correct_date", case, _correction(case), office.officer, SERVED)
    for party in Party.objects.all()[:3]:
        record_access(office.officer, "party_opened", party)
    return case


@pytest.fixture
def sealed(a_file: Case) -> Case:
    assert sealing.seal_all(timezone.now())
    assert verify().is_sound
    return a_file


def test_sealing_again_seals_only_what_is_new(sealed: Case) -> None:
    assert sealing.seal_all(timezone.now()) == []
    record_access(None, "log_in_failed")
    (seal,) = sealing.seal_all(timezone.now())
    assert seal.rows == 1
    assert seal.previous == Seal.objects.get(number=seal.number - 1).digest
    assert [head.number for head in heads.read()] == [1, 2]
    assert verify().is_sound


def test_a_row_committed_late_is_sealed_with_the_next_seal(sealed: Case) -> None:
    """Ids are handed out before commit: a mark alone would pass over a row whose transaction took longer."""
    first = record_access(None, "log_in_failed")
    second = record_access(None, "log_in_failed")
    table = AccessLog._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET id = %s WHERE id = %s", [second.pk + 1, second.pk])
    sealing.seal_all(timezone.now())
    assert SealMark.objects.get(table="audit.accesslog").gaps[-1][:2] == [second.pk, second.pk]
    AccessLog(pk=second.pk, kind="log_in_failed", at=timezone.now()).save_base(force_insert=True, raw=True)
    report = verify()
    assert report.is_sound
    assert report.unsealed == 1
    (seal,) = sealing.seal_all(timezone.now())
    assert seal.rows == 1
    assert verify().is_sound
    assert first.pk < second.pk


def test_a_row_slipped_in_where_nothing_was_missing_shows(sealed: Case) -> None:
    record_access(None, "log_in_failed")
    sealing.seal_all(timezone.now())
    row = AccessLog.objects.order_by("pk").first()
    AccessLog(pk=row.pk - 1000, kind="log_in", at=timezone.now()).save_base(force_insert=True, raw=True)
    assert "row-added" in words(verify())


def test_the_chain_needs_every_link(sealed: Case) -> None:
    for _ in range(2):
        record_access(None, "log_in_failed")
        sealing.seal_all(timezone.now())
    SealPart.objects.filter(seal__number=3)._raw_delete("default")
    Seal.objects.filter(number=3)._raw_delete("default")
    assert "seal-removed" in words(verify())


def test_a_chain_written_anew_shows_in_the_heads_outside(sealed: Case) -> None:
    """Who owns the database can compute a whole new chain, but not the file that lies elsewhere."""
    kept = heads.path().read_text()
    event = Event.objects.order_by("pk").first()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Event._meta.db_table} SET actor_name = '别人' WHERE id = %s", [event.pk])
        for model in (SealPart, Seal, SealMark):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
    heads.path().unlink()
    sealing.seal_all(timezone.now())
    assert verify().is_sound
    heads.path().write_text(kept)
    assert "seal-rewritten" in words(verify())


def test_a_line_cut_off_by_a_crash_is_written_again(sealed: Case) -> None:
    whole = heads.path().read_text()
    heads.path().write_text(whole[:-20])
    assert verify().is_sound
    assert heads.hand_out() == 1
    assert heads.path().read_text() == whole


def test_a_damaged_or_shortened_file_of_heads_shows(sealed: Case) -> None:
    for _ in range(2):
        record_access(None, "log_in_failed")
        sealing.seal_all(timezone.now())
    lines = heads.path().read_text().splitlines(keepends=True)
    heads.path().write_text("".join(lines[:1]))
    assert "head-missing" in words(verify())
    heads.path().write_text("".join([lines[0], "nothing\n", lines[2]]))
    assert "heads-unreadable" in words(verify())


def test_seals_cannot_be_changed_through_the_models(sealed: Case) -> None:
    seal = Seal.objects.get(number=1)
    for change in (seal.save, seal.delete, Seal.objects.all().delete, SealPart.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()


def test_the_bytes_of_a_paper_are_checked(sealed: Case) -> None:
    paper = Document.objects.exclude(file="").first()
    path = Path(default_storage.path(paper.file))
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"x")
    assert words(verify()) == ["file-damaged"]
    path.write_bytes(content)
    assert verify().is_sound


def test_the_command_says_the_first_broken_link(sealed: Case, capsys: pytest.CaptureFixture) -> None:
    call_command("verify_audit", "--json")
    assert '"sound": true' in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Case._meta.db_table} SET title = 'x' WHERE id = %s", [sealed.pk])
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_audit", "--json")
    assert stopped.value.code == 1
    assert f'"row": {sealed.pk}' in capsys.readouterr().out


def test_lawful_work_after_a_seal_leaves_it_sound(sealed: Case) -> None:
    office = an_office()
    perform("cases.correct_date", sealed, _correction(sealed), office.officer, SERVED)
    assert verify().is_sound
    sealing.seal_all(timezone.now())
    assert verify().is_sound


def _correction(case: Case) -> dict:
    event = case.events.order_by("sequence").first()
    return {"event": event.pk, "on": "2026-08-28", "reason": "邮戳"}


# Tamperings of single rows, a hundred in the long run: each is made, must be found, and is undone.
def change(cursor, model: type, key: int, rng: random.Random) -> None:
    """Another text in one column; no column holds it already (“~” is a history row's own word for a change)."""
    texts = [f for f in model._meta.concrete_fields if isinstance(f, CharField | TextField) and not f.primary_key]
    table, pk = model._meta.db_table, model._meta.pk.column
    column = rng.choice(texts).column
    cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE "{pk}" = %s', ["!", key])


def remove(cursor, model: type, key: int, rng: random.Random) -> None:
    cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = %s', [key])


def reorder(cursor, model: type, key: int, rng: random.Random) -> None:
    """Swap the row's place with another's."""
    table, pk = model._meta.db_table, model._meta.pk.column
    other = rng.choice([one for one in model._base_manager.values_list("pk", flat=True) if one != key])
    for old, new in ((key, -1), (other, key), (-1, other)):
        cursor.execute(f'UPDATE "{table}" SET "{pk}" = %s WHERE "{pk}" = %s', [new, old])


class Undo(Exception):
    pass


@runs_once
@pytest.mark.parametrize("number", [25, pytest.param(100, marks=pytest.mark.long)])
def test_each_tampering_is_found(sealed: Case, number: int) -> None:
    rng = random.Random(20261127)
    places = [model for model in evidence.tables().values() if model._base_manager.count() > 1]
    assert {"cases.event", "cases.historicalcase", "documents.historicaldocument", "audit.accesslog"} <= {
        model._meta.label_lower for model in places
    }
    unfound = []
    for turn in range(number):
        tamper: Callable = (change, remove, reorder)[turn % 3]
        model = places[turn % len(places)]
        key = rng.choice(list(model._base_manager.values_list("pk", flat=True)))
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                tamper(cursor, model, key, rng)
                if not {"row-changed", "row-removed"} & set(words(verify())):
                    unfound.append((tamper.__name__, model.__name__))
                raise Undo
        except Undo:
            pass
    assert unfound == []
    assert verify().is_sound


@pytest.mark.parametrize("model", [Document, Service, Case])
def test_a_living_row_changed_past_its_history_shows(sealed: Case, model: type) -> None:
    row = model._base_manager.order_by("pk").first()
    if row is None:
        pytest.fail(f"no {model.__name__} to tamper with")
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET state = 'VOID' WHERE id = %s", [row.pk])
    assert words(verify()) == ["row-changed"]


def test_every_table_of_the_evidence_has_a_name_people_can_read() -> None:
    """The page of seals lists the tables by name, in the reader's language."""
    for model in evidence.tables().values():
        kept = getattr(model, "instance_type", model)
        assert isinstance(kept._meta.original_attrs.get("verbose_name"), Promise), model
