"""The ledger of suits: files of the past and running ones, instances of one dispute, and back again."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from casemgr.actions.perform import perform
from casemgr.actions.system import system_actor
from casemgr.audit.context import audited
from casemgr.cases.models import CaseAccess
from casemgr.ledgers.actor import LedgerActor
from casemgr.ledgers.definition import ledgers
from casemgr.ledgers.exporting import write
from casemgr.ledgers.importing import load
from casemgr.ledgers.readers import Reader
from litigation.following import take_effect_by_night
from litigation.ledger.columns import COLUMNS
from litigation.models import Appearance, Instance, LitigationCase, Ruling, Standing
from tests.support.dump import Dump, differences, marks
from tests.support.ledgers import write_csv
from tests.support.litigation import Suit, department, liaison

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
FIRST = {
    "法院案号": "（2024）内0602行初31号",
    "审级": "一审",
    "受理法院": "鄂尔多斯市东胜区人民法院",
    "原告": "王宝音、内蒙古宏远运输有限公司",
    "被告": "达拉特旗公安局、达拉特旗人民政府",
    "第三人": "李秀英",
    "案由": "行政处罚",
    "收到起诉状日期": "2024年3月4日",
    "答辩日期": "2024/3/15",
    "开庭日期": "2024.4.18",
    "应出庭机关": "达拉特旗公安局、达拉特旗人民政府",
    "出庭负责人": "白志刚、",
    "出庭负责人职务": "副局长、",
    "未出庭理由": "、参加防汛会议",
    "裁判文书类型": "判决书",
    "裁判结果": "撤销并责令重作",
    "裁判送达日期": "2024-05-20",
    "上诉日期": "2024-05-30",
    "关联复议案号": "达政复决字〔2023〕40号",
    "责任单位": "达拉特旗公安局",
}
SECOND = {
    **{name: FIRST[name] for name in ("原告", "被告", "第三人", "案由", "关联复议案号", "责任单位")},
    "法院案号": "（2024）内06行终88号",
    "审级": "二审",
    "受理法院": "鄂尔多斯市中级人民法院",
    "开庭日期": "2024-08",
    "裁判文书类型": "判决书",
    "裁判结果": "维持原判",
    "裁判送达日期": "2024-09-10",
    "生效日期": "2024-09-12",
}
PLAIN = {"法院案号": "（2023）内0621行初5号", "原告": "赵其其格", "被告": "达拉特旗市场监督管理局",
         "案由": "举报投诉处理", "裁判结果": "准许撤诉"}  # fmt: skip
ACT = {"法院案号": "（2024）内0621行审9号", "审级": "非诉审查", "原告": "达拉特旗自然资源局", "被告": "张三",
       "案由": "行政处罚", "裁判文书类型": "裁定书", "裁判结果": "准予执行"}  # fmt: skip
EXECUTION = {"法院案号": "（2025）内0621执120号", "审级": "执行", "原告": "王宝音、内蒙古宏远运输有限公司",
             "被告": "达拉特旗公安局、达拉特旗人民政府"}  # fmt: skip
ALL = [FIRST, SECOND, PLAIN, ACT, EXECUTION]
RUNNING = {"法院案号": "（2026）内0621行初40号", "审级": "一审", "原告": "乌兰", "被告": "达拉特旗公安局",
           "案由": "行政强制措施", "收到起诉状日期": "2026-11-18"}  # fmt: skip


def loaded(path: Path, **options: Any) -> dict[str, Any]:
    ledger = replace(ledgers()["litigation"], **{name: options.pop(name) for name in ("load_many",) if name in options})
    with audited(actor_name="台账导入", action="ledgers.import"):
        return load(ledger, path, LedgerActor(), TODAY, **options).as_dict()


def of(*rows: dict[str, str], path: Path, **options: Any) -> dict[str, Any]:
    report = loaded(write_csv(path / "a.csv", rows), **options)
    assert report["errors"] == []
    return report


def exported(path: Path, year: int, user: Any = None) -> list[dict[str, str]]:
    write(ledgers()["litigation"], year, path, Reader(TODAY, user))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def file_of(number: str) -> LitigationCase:
    return LitigationCase.objects.get(instances__court_number=number)


def test_instances_of_one_dispute_stand_in_one_file(tmp_path: Path) -> None:
    assert of(*ALL, path=tmp_path)["created"] == 5
    case = file_of(FIRST["法院案号"])
    assert [(one.level, one.court_number) for one in case.instances.order_by("order")] == [
        ("first", FIRST["法院案号"]), ("second", SECOND["法院案号"]), ("execution", EXECUTION["法院案号"])
    ]  # fmt: skip
    assert (case.number, case.is_past_record, case.deadlines.count()) == (FIRST["法院案号"], True, 0)
    assert (case.state, case.outcome, case.litigation_facts.running_order) == ("EFFECTIVE", "upheld", 2)
    assert case.litigation_facts.responsible_unit.name == "达拉特旗公安局"
    roles = Standing.objects.filter(in_instance__case=case, in_instance__order=1).order_by("pk")
    assert [(one.role, one.deed) for one in roles] == [("defendant", "acted"), ("co_defendant", "reconsidered")]
    assert CaseAccess.objects.filter(case_id=case.pk, level="work").count() == 2
    assert file_of(PLAIN["法院案号"]).state == "WITHDRAWN"
    enforced = file_of(ACT["法院案号"])
    assert (enforced.state, enforced.litigation_facts.file_kind) == ("TO_PERFORM", "enforcement")


def test_who_came_counts_and_what_a_ledger_leaves_out_is_held_against_nobody(tmp_path: Path) -> None:
    of(FIRST, SECOND, path=tmp_path)
    police, government = Standing.objects.filter(in_instance__level="first").order_by("pk")
    assert (police.seen, police.remarks, police.heard_on) == ("attended", [], date(2024, 4, 18))
    assert (government.seen, government.remarks) == ("absent", [])
    assert Appearance.objects.get(standing=government).absence_note == "参加防汛会议"
    assert not Standing.objects.filter(in_instance__level="second").exclude(seen="").exists()
    second = Instance.objects.get(level="second").sessions.get()
    assert (second.is_month_only, second.day) == (True, "2024-08")


def test_the_paper_keeps_what_is_known(tmp_path: Path) -> None:
    of(FIRST, SECOND, path=tmp_path)
    below, above = Ruling.objects.order_by("pk")
    assert (below.made_on, below.effective_on, below.is_appealable) == (None, None, True)
    assert (above.effective_on, above.is_appealable) == (date(2024, 9, 12), False)


def test_the_same_file_adds_nothing(tmp_path: Path) -> None:
    of(*ALL, RUNNING, path=tmp_path)
    again = of(*ALL, RUNNING, path=tmp_path)
    assert (again["created"], again["unchanged"]) == (0, 6)
    other = loaded(write_csv(tmp_path / "b.csv", [FIRST | {"裁判结果": "确认违法"}]))
    assert [error["column"] for error in other["errors"]] == ["裁判结果"]


def test_what_was_read_in_goes_out_and_comes_back_equal(tmp_path: Path) -> None:
    with transaction.atomic():
        of(*ALL, RUNNING, path=tmp_path)
        first = {year: exported(tmp_path / f"{year}.csv", year) for year in (2023, 2024, 2025, 2026)}
        transaction.set_rollback(True)
    assert not Instance.objects.exists()
    assert list(first[2024][0]) == list(COLUMNS)
    assert [len(rows) for rows in first.values()] == [1, 3, 1, 1]
    told = {row["法院案号"]: row for rows in first.values() for row in rows}
    expected = FIRST | {"收到起诉状日期": "2024-03-04", "答辩日期": "2024-03-15", "开庭日期": "2024-04-18"}
    assert {name: value for name, value in told[FIRST["法院案号"]].items() if value} == expected
    for year in first:
        assert loaded(tmp_path / f"{year}.csv")["errors"] == []
        assert exported(tmp_path / "again.csv", year) == first[year]


def test_both_lanes_leave_the_same_register(tmp_path: Path) -> None:
    wrong = PLAIN | {"法院案号": "（2022）内0621行初7号", "裁判结果": "撤消"}
    path = write_csv(tmp_path / "a.csv", [FIRST, PLAIN, ACT, wrong, RUNNING])
    told: list[tuple[dict[str, Any], Dump]] = []
    for options in ({"load_many": None}, {"chunk": 500}, {"chunk": 1}):
        since = marks()
        with transaction.atomic():
            report = loaded(path, **options)
            dump = Dump(since)
            transaction.set_rollback(True)
        told.append((report, dump))
    assert told[0][0] == told[1][0] == told[2][0]
    assert differences(told[0][1], told[1][1]) == []


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"审级": "三审"}, "审级"),
        ({"审级": "二审"}, "审级"),
        ({"裁判文书类型": "通知书"}, "裁判文书类型"),
        ({"裁判结果": "撤消"}, "裁判结果"),
        ({"裁判文书类型": "裁定书"}, "裁判结果"),
        ({"裁判结果": "维持原判"}, "裁判结果"),
        ({"裁判送达日期": "2024-02-30"}, "裁判送达日期"),
        ({"裁判送达日期": "2024-04-01"}, "裁判送达日期"),
        ({"开庭日期": ""}, "开庭日期"),
        ({"出庭负责人": "白志刚、白志强、白志国"}, "出庭负责人"),
        ({"应出庭机关": "达拉特旗教育体育局", "出庭负责人": "", "出庭负责人职务": "", "未出庭理由": ""}, ""),
        ({"被告": "达拉特期公安局"}, "被告"),
        ({"责任单位": "无此单位"}, "责任单位"),
        ({"生效日期": "2024-06-05"}, "生效日期"),  # appealed in time
        ({"上诉日期": "", "生效日期": "2024-06-04"}, "生效日期"),  # the fifteenth day is 4 June
        ({"裁判文书类型": "", "裁判结果": ""}, "裁判送达日期"),
        ({"原告": ""}, "原告"),
        ({"法院案号": ""}, "法院案号"),
    ],
)
def test_a_bad_row_is_refused_by_its_cell_and_writes_nothing(changes, column, tmp_path: Path) -> None:
    report = loaded(write_csv(tmp_path / "a.csv", [FIRST | changes, PLAIN]))
    assert (report["created"], report["rejected"]) == (1, 1)
    assert column in [error["column"] for error in report["errors"]]
    assert LitigationCase.objects.count() == 1


def test_what_is_told_agrees_with_what_the_steps_follow_from_it(tmp_path: Path) -> None:
    of(
        *ALL,
        RUNNING,
        FIRST | {"法院案号": "（2024）内0602行初36号", "上诉日期": "", "生效日期": "2024-06"},
        path=tmp_path,
    )
    since = marks()
    before = {one.pk: (one.state, one.outcome) for one in LitigationCase.objects.all()}
    told = [list(model.objects.order_by("pk").values_list()) for model in (Ruling, Standing, Instance)]
    for case in LitigationCase.objects.all():
        perform("litigation.compute_effect", case, {}, system_actor, TODAY)
    assert {one.pk: (one.state, one.outcome) for one in LitigationCase.objects.all()} == before
    assert [list(model.objects.order_by("pk").values_list()) for model in (Ruling, Standing, Instance)] == told
    assert not any(rows for table, rows in Dump(since).tables.items() if table == "Event")


def test_suits_followed_here_go_out_and_come_back_equal(tmp_path: Path) -> None:
    with transaction.atomic():
        suit = Suit(date(2026, 6, 3))
        suit.on(date(2026, 6, 10)).act("answer", party=suit.part("respondent").party_id, on=date(2026, 6, 10))
        suit.judge(date(2026, 8, 3), outcome="confirmed_illegal")
        suit.serve(date(2026, 8, 5))
        take_effect_by_night(date(2026, 9, 1))
        first = exported(tmp_path / "first.csv", 2026)
        transaction.set_rollback(True)
    assert first[0]["生效日期"] == "2026-08-21"
    assert loaded(tmp_path / "first.csv")["errors"] == []
    assert exported(tmp_path / "second.csv", 2026) == first


def test_days_of_receipt_found_later_put_the_law_s_effect_in_the_place_of_the_stated_one(tmp_path: Path) -> None:
    row = FIRST | {"被告": "达拉特旗公安局", "应出庭机关": "达拉特旗公安局", "出庭负责人": "白志刚", "第三人": "",
                   "出庭负责人职务": "副局长", "未出庭理由": "", "上诉日期": "", "生效日期": "2024-06-20"}  # fmt: skip
    of(row, path=tmp_path)
    case = file_of(row["法院案号"])
    days = {f"on_{part.pk}": date(2024, 5, 28) for part in case.participations.filter(role="applicant")}
    perform("litigation.record_service", case, {"ruling": Ruling.objects.get().pk, **days}, liaison(), TODAY)
    assert Ruling.objects.get().effective_on == date(2024, 6, 13)


def test_a_stated_effect_that_the_law_allows_stands_until_the_days_are_known(tmp_path: Path) -> None:
    of(FIRST | {"上诉日期": "", "生效日期": "2024-06-20"}, path=tmp_path)
    case = file_of(FIRST["法院案号"])
    assert (case.state, Ruling.objects.get().effective_on) == ("EFFECTIVE", date(2024, 6, 20))


def test_an_open_suit_runs_on_by_its_days(tmp_path: Path) -> None:
    judged = RUNNING | {"法院案号": "（2026）内0621行初41号", "原告": "巴图", "收到起诉状日期": "2026-06-01",
                        "答辩日期": "2026-06-10", "开庭日期": "2026-09-01", "裁判文书类型": "判决书",
                        "裁判结果": "确认违法", "裁判送达日期": "2026-11-20"}  # fmt: skip
    old = RUNNING | {"法院案号": "（2020）内0621行初3号", "原告": "阿木尔", "收到起诉状日期": "2020-06-01"}
    of(RUNNING, judged, old, path=tmp_path)
    running, decided, past = (file_of(row["法院案号"]) for row in (RUNNING, judged, old))

    def due(case: LitigationCase) -> dict[str, tuple]:
        return {row.rule: (row.due_on, row.status) for row in case.deadlines.all()}

    assert (running.state, due(running)["L-ANSWER"]) == ("RECEIVED", (date(2026, 12, 3), "open"))
    assert (decided.state, due(decided)["L-ANSWER"][1]) == ("JUDGED", "met")
    assert due(decided)["L-APPEAL-J"] == (date(2026, 12, 7), "open")  # the fifth is a Saturday
    assert (past.is_past_record, due(past)) == (True, {})


def test_an_appeal_of_this_year_runs_in_the_file_of_the_first_instance(tmp_path: Path) -> None:
    first = RUNNING | {"收到起诉状日期": "2025-06-01", "法院案号": "（2025）内0621行初40号", "裁判结果": "驳回诉讼请求",
                       "裁判送达日期": "2026-09-01", "上诉日期": "2026-09-10"}  # fmt: skip
    second = RUNNING | {"法院案号": "（2026）内06行终50号", "审级": "二审", "收到起诉状日期": "2026-11-20"}
    of(first, second, path=tmp_path)
    case = file_of(second["法院案号"])
    assert (case.instances.count(), case.state, case.is_past_record) == (2, "APPEALED", False)
    open_rules = {row.rule for row in case.deadlines.all() if row.status == "open" and row.is_ours}
    assert open_rules == {"L-APPEAL-ANSWER"}


def test_no_retrial_is_asked_of_a_ruling_that_sends_a_running_suit_back(tmp_path: Path) -> None:
    """Interpretation 2018, art. 110 counts from what ended the suit, also where a ledger tells of it."""
    told = {"收到起诉状日期": "2026-05-06", "裁判文书类型": "判决书", "裁判结果": "撤销", "裁判送达日期": "2026-06-10"}
    first = {**RUNNING, **told, "上诉日期": "2026-06-20"}
    back = {"裁判文书类型": "裁定书", "裁判结果": "发回重审", "裁判送达日期": "2026-08-12", "生效日期": "2026-08-12"}
    above = {**RUNNING, **back, "法院案号": "（2026）内06行终70号", "审级": "二审", "收到起诉状日期": ""}
    of(first, above, {**RUNNING, "法院案号": "（2026）内0621行初300号"}, path=tmp_path)
    case = file_of(first["法院案号"])
    assert (case.instances.count(), case.is_past_record) == (3, False)
    assert case.deadlines.filter(rule="L-ANSWER").exists()
    assert not case.deadlines.filter(rule="L-RETRIAL").exists()


def test_of_several_files_that_fit_the_one_above_counts_else_a_file_of_its_own_names_them(tmp_path: Path) -> None:
    other = FIRST | {"法院案号": "（2024）内0602行初32号"}
    of(FIRST, other, SECOND, path=tmp_path)
    assert file_of(SECOND["法院案号"]) == file_of(other["法院案号"])
    third = SECOND | {"法院案号": "（2024）内06行终90号"}
    apart = other | {"法院案号": "（2024）内0602行初33号"}
    of(apart, PLAIN, third, path=tmp_path)
    alone = file_of(third["法院案号"])
    assert alone.instances.count() == 1
    assert apart["法院案号"] in alone.litigation_facts.source_note


def test_a_department_fetches_its_own_suits_and_loads_none(tmp_path: Path) -> None:
    of(*ALL, path=tmp_path)
    own = department()
    ledger = ledgers()["litigation"]
    assert (ledger.may_load(own, TODAY), ledger.may_fetch(own, TODAY)) == (False, True)
    assert {row["法院案号"] for row in exported(tmp_path / "own.csv", 2024, own)} == {
        FIRST["法院案号"], SECOND["法院案号"]
    }  # fmt: skip


def test_a_file_in_the_chinese_national_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "gb.csv"
    path.write_bytes(write_csv(tmp_path / "a.csv", ALL).read_text(encoding="utf-8-sig").encode("gb18030"))
    assert loaded(path)["created"] == 5


def test_trial_and_strict_runs_write_nothing(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [*ALL, RUNNING | {"审级": "三审"}])
    assert loaded(path, dry_run=True)["created"] == 5
    loaded(path, strict=True)
    assert not LitigationCase.objects.exists()
