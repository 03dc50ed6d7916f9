"""Erasure reaches every column of every table, histories too, and yet no other change of a sealed row goes unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from casemgr.actions.perform import perform
from casemgr.audit import redactions
from casemgr.audit.canonical import columns_of, digests
from casemgr.audit.models import AppendOnlyError, Redaction
from casemgr.audit.redacting import RedactionRefused
from casemgr.audit.sealing import seal_all
from casemgr.audit.verification import verify
from casemgr.parties import erased, erasure
from casemgr.parties.erasure import erase
from casemgr.parties.models import CapacityFact, DataRequest, Party, PartyMerge, PartyName, PartySplit
from casemgr.parties.registry import PartyData, create
from reconsideration.demo.people import resident_number
from tests.support.register import person

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)
NAME, OTHER_NAME, ADDRESS, PAPER = "李秀英", "李小花", "树林召镇某街七号", "(2026)内0621民特3号"
NUMBER, PHONE = resident_number(9, date(1985, 3, 12), "F"), "13800001234"
WORDS = (NAME, OTHER_NAME, ADDRESS, PAPER, "lixiuying", "1985-03-12", "138****1234")
HISTORY = Party.history.model


def data(name: str = NAME, number: str = NUMBER) -> PartyData:
    return PartyData("person", name, "RID", number, phone=PHONE, address=ADDRESS)


@pytest.fixture
def people():
    return person("history-officer", "officer"), person("history-head", "head")


@pytest.fixture
def party(people) -> Party:
    """Corrected, with another name, a fact of capacity, a request, a merge and a split that were rejected; sealed."""
    officer, _head = people
    party = create(data(), officer, DAY)
    entries = {"name": NAME, "address": f"{ADDRESS}旁", "remark": f"{NAME}常住", "reason": f"{NAME}本人申请"}
    perform("party.correct", party, entries, officer, DAY)
    PartyName.objects.create(party=party, kind="former", name=OTHER_NAME)
    CapacityFact.objects.create(party=party, kind="declared_limited", from_on=DAY, paper=PAPER)
    other = create(PartyData("person", "王某"), officer, DAY)
    proposal = {
        "reason": f"{NAME}？",
        "decision": NAME,
        "state": "REJECTED",
        "proposed_by": officer,
        "proposed_on": DAY,
    }
    PartyMerge.objects.create(survivor=party, merged=other, conflicts=[NAME], **proposal)
    PartySplit.objects.create(source=party, name=OTHER_NAME, kept={"identity_note": NAME}, **proposal)
    DataRequest.objects.create(
        party=party, kind="see", requester="self", requester_name=NAME, wish=f"{NAME}的全部资料", channel="post",
        received_on=DAY, due_on=DAY, unit=officer.role_assignments.get().unit, registered_by=officer, party_version=1,
        identity_check=f"{NAME}的身份证", answer=f"已寄{ADDRESS}",
    )  # fmt: skip
    seal_all(timezone.now())
    assert all(told(word) for word in (NAME, OTHER_NAME, ADDRESS, PAPER, "1985-03-12", "lixiuying"))
    return Party.objects.get(pk=party.pk)


@pytest.fixture
def gone(party, people, django_capture_on_commit_callbacks) -> Party:
    with django_capture_on_commit_callbacks(execute=True):
        erase(party, actor=people[0], approved_by="history-head", reason="本人2026年9月申请", today=DAY)
    return party


def told(word: str) -> list[str]:
    """The tables that still hold the word, in any column."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(word in str(value) for row in cursor.fetchall() for value in row):
                found.append(table)
    return found


def findings() -> set[tuple[str, str, int | None]]:
    return {(finding.what, finding.table, finding.row) for finding in verify().findings}


def changed(model: type, row: int, **values: object) -> None:
    """Behind the application's back."""
    names = ", ".join(f'"{name}" = %s' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{model._meta.db_table}" SET {names} WHERE "{model._meta.pk.column}" = %s',
                       [*values.values(), row])  # fmt: skip


def removed(model: type, row: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = %s', [row])


def forged(model: type, row: int, **values: object) -> Redaction:
    """A row is changed, and a redaction made up that maps its digests."""
    columns = columns_of(model)
    ((_row, old),) = digests(model, columns, [row])
    changed(model, row, **values)
    ((_row, new),) = digests(model, columns, [row])
    return Redaction.objects.create(
        at=timezone.now(), table=model._meta.label_lower, row=row, columns=list(values), old=old.hex(), new=new.hex(),
        actor_id=1, actor_name="李志强", approved_by="head", reason="依申请",
    )  # fmt: skip


def test_no_column_of_any_table_tells_of_the_person(gone) -> None:
    assert {word: told(word) for word in (*WORDS, NUMBER, PHONE) if told(word)} == {}
    first = gone.history.earliest()
    assert DAY.isoformat() in first.name
    assert (first.birth_on, first.identity_cipher, first.sex) == (None, None, "")
    assert verify().is_sound
    seal_all(timezone.now() + timedelta(days=1))
    assert verify().is_sound


def test_each_blanked_row_has_its_redaction(gone, people) -> None:
    row = gone.history.earliest().history_id
    one = Redaction.objects.get(table="parties.historicalparty", row=row)
    assert "address" in one.columns
    assert (one.actor_id, one.approved_by, one.reason) == (people[0].pk, "history-head", "本人2026年9月申请")
    assert one.old != one.new
    tables = {"parties.historicalpartyname", "parties.historicalcapacityfact", "parties.historicaldatarequest"}
    assert tables < set(Redaction.objects.values_list("table", flat=True))
    for change in (one.save, one.delete, Redaction.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()


@pytest.mark.parametrize(
    "tamper",
    [
        lambda row, one: changed(HISTORY, row, address="别处"),
        lambda row, one: removed(HISTORY, row),
        lambda row, one: changed(Redaction, one.pk, new="0" * 64),
        lambda row, one: changed(Redaction, one.pk, reason="无"),
        lambda row, one: removed(Redaction, one.pk),
        lambda row, one: redactions.path().unlink(),
        lambda row, one: redactions.path().write_text("1 1 abc\n"),
    ],
)
def test_what_was_redacted_stays_evidence(gone, tamper: Callable) -> None:
    row = gone.history.earliest().history_id
    tamper(row, Redaction.objects.get(table="parties.historicalparty", row=row))
    found = findings()
    assert {("row-changed", "parties.historicalparty", row), ("row-removed", "parties.historicalparty", row)} & found


def test_the_old_words_put_back_show(party, people, django_capture_on_commit_callbacks) -> None:
    first = party.history.earliest()
    kept = HISTORY._base_manager.filter(pk=first.pk).values().get()
    with django_capture_on_commit_callbacks(execute=True):
        erase(party, actor=people[0], approved_by="history-head", reason="申请", today=DAY)
    HISTORY._base_manager.filter(pk=first.pk).update(**kept)
    assert ("row-changed", "parties.historicalparty", first.pk) in findings()


def test_a_made_up_redaction_covers_nothing_sealed_or_not(gone, people, django_capture_on_commit_callbacks) -> None:
    other = create(PartyData("person", "王芳"), people[0], DAY)
    seal_all(timezone.now())
    row = other.history.earliest().history_id
    made_up = forged(HISTORY, row, name="王方")
    both = {("row-changed", "parties.historicalparty", row), ("redaction-unsealed", "audit.redaction", made_up.pk)}
    assert both <= findings()
    third = create(PartyData("person", "赵某"), people[0], DAY)
    with django_capture_on_commit_callbacks(execute=True):
        erase(third, actor=people[0], approved_by="history-head", reason="申请", today=DAY)
    seal_all(timezone.now())
    assert findings() == {
        ("row-changed", "parties.historicalparty", row),
        ("redaction-forged", "audit.redaction", made_up.pk),
    }


def test_a_changed_row_is_not_hidden_by_erasing(party, people) -> None:
    row = party.history.earliest().history_id
    changed(HISTORY, row, village="别村")
    with pytest.raises(RedactionRefused):
        erase(party, actor=people[0], approved_by="history-head", reason="申请", today=DAY)


def test_who_was_erased_is_erased_again_after_a_restore(
    party, people, django_capture_on_commit_callbacks, capsys: pytest.CaptureFixture
) -> None:
    kept = Party._base_manager.filter(pk=party.pk).values().get()
    with django_capture_on_commit_callbacks(execute=True):
        erase(party, actor=people[0], approved_by="history-head", reason="申请", today=DAY)
    assert NAME not in erased.path().read_text()
    assert erased.to_repeat() == []
    Party._base_manager.filter(pk=party.pk).update(**kept)
    call_command("repeat_erasures", "--dry-run")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("repeat_erasures")
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["party"], one["erased"]) for one in said] == [(party.pk, False), (party.pk, True)]
    assert told(ADDRESS) == []
    Party._base_manager.filter(pk=party.pk).update(**{**kept, "registered_at": timezone.now()})
    assert erased.to_repeat() == []


def test_every_text_of_a_party_s_history_is_thought_of() -> None:
    """A column added later is either emptied, or tells nothing of the person."""
    plain = {"kind", "identity_kind", "agency_kind", "registered_at", "version", "unit", "superior", "successor"}
    plain |= {"merged_into", "registered_by", "id"}
    tracked = {field.name for field in HISTORY.tracked_fields}
    assert tracked - plain == {*erasure.EMPTIED, *erasure.NULLED, *erasure.DERIVED} - {*erasure.UNKEPT}
