"""Ledgers by the bulk lane: the same answers and an equal register, whatever the chunks, rivals and crashes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.audit.context import audited
from casemgr.cases.models import Case
from casemgr.indicators import rollup
from casemgr.indicators.models import CountedRow
from casemgr.indicators.tables import keeping as tables
from casemgr.ledgers import importing
from casemgr.ledgers.actor import LedgerActor
from casemgr.ledgers.definition import ledgers
from casemgr.parties.models import Party
from reconsideration.demo.people import resident_number
from tests.support.dump import Dump, differences, marks
from tests.support.ledgers import cases, disputes, parties, suits, write_csv
from tests.support.mediation import committee

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
NUMBERS = [resident_number(serial, date(1985, 3, 12), "M") for serial in (7, 8)]
RELAXED = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PARTY = st.fixed_dictionaries(
    {"姓名或名称": st.sampled_from(["王宝音", "李秀英", "王·宝音"])},
    optional={
        "类型": st.sampled_from(["自然人", "单位", "行政机关", "组织"]),
        "证件号码": st.sampled_from([*NUMBERS, NUMBERS[0][:-1] + "0", "1506**********0022"]),
        "证件类型": st.sampled_from(["居民身份证", "护照", "无"]),
        "出生日期": st.sampled_from(["1985-03-12", "1990年1月1日", "1985-13-01"]),
        "电话": st.sampled_from(["13800001234", "138****1234", "1"]),
        "住址": st.sampled_from(["树林召镇", "白泥井镇"]),
    },
)


@st.composite
def case_rows(draw) -> list[dict[str, Any]]:
    """Invented rows, some of them with another's number, another's person, or a wrong cell."""
    rows = cases(draw(st.integers(1, 6)), draw(st.integers(0, 50)), TODAY)
    for row in rows:
        if not draw(st.integers(0, 2)):
            row |= draw(
                st.sampled_from(
                    [
                        {"案号": rows[0]["案号"]},
                        dict(rows[0]),
                        {"申请人证件号码": rows[0]["申请人证件号码"]},
                        {"申请人": "赵其其格、乌兰", "申请人证件号码": ""},
                        {"被申请人": "无此机关"},
                        {"结案方式": "撤消"},
                        {"管理类别": "无此类"},
                        {"延长天数": "30"},
                        {"受理日期": "2025-02"},
                        {"决定日期": "", "结案方式": "", "归档日期": ""},
                    ]
                )
            )
    if draw(st.booleans()):
        day = TODAY - timedelta(days=draw(st.integers(0, 400)))
        rows.append({"案号": "达政复字〔2026〕99号", "申请人": "赵六", "被申请人": "达拉特旗公安局",
                     "收到日期": day.isoformat(), "受理日期": day.isoformat(), "延长天数": "15",
                     **draw(st.sampled_from([{}, {"中止日期": day.isoformat()}, {"受理日期": ""}]))})  # fmt: skip
    return rows


def loaded(kind: str, path: Path, *, chunk: int = 500, **changes: Any) -> dict[str, Any]:
    ledger = replace(ledgers()[kind], **changes)
    with audited(actor_name="台账导入", action="ledgers.import"):
        return importing.load(ledger, path, LedgerActor(), TODAY, chunk=chunk).as_dict()


def register_after(kind: str, path: Path, **options: Any) -> tuple[dict[str, Any], Dump]:
    since = marks()
    with transaction.atomic():
        report = loaded(kind, path, **options)
        dump = Dump(since)
        transaction.set_rollback(True)
    return report, dump


def assert_same(kind: str, path: Path, chunk: int) -> None:
    expected, single = register_after(kind, path, load_many=None)
    report, bulk = register_after(kind, path, chunk=chunk)
    assert report == expected
    assert differences(single, bulk) == []


@given(rows=st.lists(PARTY, min_size=1, max_size=8), chunk=st.integers(1, 8))
@RELAXED
def test_parties_load_alike_by_both_lanes(rows, chunk, tmp_path: Path) -> None:
    assert_same("parties", write_csv(tmp_path / "p.csv", rows), chunk)


@given(rows=case_rows(), chunk=st.integers(1, 7))
@RELAXED
def test_cases_load_alike_by_both_lanes(rows, chunk, tmp_path: Path) -> None:
    assert_same("reconsideration", write_csv(tmp_path / "c.csv", rows), chunk)


@pytest.mark.parametrize(("kind", "rows"), [("parties", parties(40, 1)), ("reconsideration", cases(40, 1, TODAY))])
def test_what_was_interrupted_is_completed_without_doubles(kind, rows, tmp_path: Path, monkeypatch) -> None:
    path, before = write_csv(tmp_path / "a.csv", rows), Party.objects.count()
    whole, calls = importing._at_once, []

    def killed_in_the_third(*arguments: Any) -> Any:
        calls.append(1)
        done = whole(*arguments)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(importing, "_at_once", killed_in_the_third)
    with pytest.raises(KeyboardInterrupt):
        loaded(kind, path, chunk=10)
    assert Case.objects.count() + Party.objects.count() - before in (20, 40)
    monkeypatch.undo()
    report = loaded(kind, path, chunk=10)
    assert (report["created"], report["unchanged"], report["errors"]) == (20, 20, [])
    assert loaded(kind, path)["unchanged"] == 40
    assert Party.objects.count() - before == 40


@pytest.mark.parametrize(
    ("kind", "rows"),
    [("mediation", disputes(30, 3, TODAY)), ("reconsideration", cases(30, 3, TODAY)), ("litigation", suits(30, 3))],
    ids=["mediation", "reconsideration", "litigation"],
)
def test_figures_take_from_a_batch_what_they_would_read_in_the_register(kind, rows, tmp_path: Path) -> None:
    committee()
    assert loaded(kind, write_csv(tmp_path / "a.csv", rows))["errors"] == []
    written = list(Case.objects.filter(procedure=kind).values_list("pk", flat=True))
    assert CountedRow.objects.filter(case__in=written).exists()
    assert tables.refresh(written, TODAY) == (0, 0)
    assert rollup.keep_facts(written) == set()
    assert rollup.refresh(written) == (0, 0)


def test_a_chunk_that_a_rival_crossed_goes_row_by_row(tmp_path: Path) -> None:
    def crossed(*arguments: Any) -> Any:
        ledgers()["parties"].load_many(*arguments)
        raise IntegrityError

    before = Party.objects.count()
    report = loaded("parties", write_csv(tmp_path / "a.csv", parties(5, 1)), load_many=crossed)
    assert (report["created"], Party.objects.count() - before) == (5, 5)


OPEN = {"案号": "达政复字〔2026〕31号", "收到日期": "2026-10-09", "申请人": "赵六", "被申请人": "达拉特旗公安局",
        "行政行为": "行政处罚决定书", "受理日期": "2026-10-13"}  # fmt: skip


def test_an_open_case_runs_on_by_its_days(tmp_path: Path) -> None:
    rows = [
        OPEN,
        OPEN | {"案号": "达政复字〔2026〕32号", "答复通知送达日期": "2026-10-20", "延长天数": "30"},
        OPEN | {"案号": "达政复字〔2026〕33号", "中止日期": "2026-11-02"},
        OPEN | {"案号": "达政复字〔2026〕34号", "受理日期": "", "收到日期": "2026-11-25"},
        OPEN | {"案号": "达政复字〔2026〕35号", "受理日期": "2026-10"},
        OPEN | {"案号": "达政复字〔2020〕36号", "收到日期": "2020-10-09", "受理日期": "2020-10-13"},
    ]
    assert loaded("reconsideration", write_csv(tmp_path / "a.csv", rows))["errors"] == []
    loaded_cases = [Case.objects.get(number=row["案号"]) for row in rows]
    plain, replied, suspended, received, unclear, ancient = loaded_cases

    def due(case: Case) -> dict[str, tuple]:
        return {row.rule: (row.due_on, row.status) for row in case.deadlines.all()}

    assert (plain.state, plain.is_past_record, plain.law_version) == ("ACCEPTED", False, "2023")
    assert due(plain)["R-SEND"] == (date(2026, 10, 22), "open")
    assert due(plain)["R-DEC"] == (date(2026, 12, 14), "open")  # the 12th is a Saturday
    assert plain.next_due_on == date(2026, 10, 22)
    assert replied.state == "AWAIT_REPLY"
    assert due(replied)["R-SEND"][1] == "met"
    assert due(replied)["R-REPLY"] == (date(2026, 11, 3), "open")
    assert due(replied)["R-DEC"] == (date(2027, 1, 11), "open")
    assert (suspended.state, due(suspended)["R-DEC"]) == ("SUSPENDED", (None, "paused"))
    assert (received.state, due(received)) == ("RECEIVED", {"R-ACC": (date(2026, 12, 2), "open")})
    assert (unclear.is_past_record, ancient.is_past_record) == (True, True)
    assert not unclear.deadlines.exists() and not ancient.deadlines.exists()
