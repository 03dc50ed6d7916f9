"""The same rows through django-import-export, as its manual has it: a resource, `import_data`, a save for each row.

Each resource does what one can be told to do of our work without writing our program again: the row's number is looked
up, numbers of documents are looked up by their blind index and encrypted, agencies and units are found by name, and
the case is saved with its facts, its people and its entries, each with its history. It matches nobody by name, judges
no cell but the days, derives no deadline, counts no figure and stops nowhere.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any


def load(kind: str, path: Path, today: date) -> int:
    """Load the rows of a file of this ledger; returns how many are new."""
    import tablib

    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    dataset = tablib.Dataset(*rows[1:], headers=rows[0])
    result = RESOURCES[kind](today)().import_data(dataset, raise_errors=True)
    return result.totals["new"]


def _resource(of: type, **hooks: Callable[..., Any]) -> type:
    """A resource that makes a new row of the model for each row of the file, by these hooks."""
    from import_export import resources

    class Meta:
        model = of
        fields: tuple[str, ...] = ()
        import_id_fields: tuple[str, ...] = ()
        force_init_instance = True
        use_transactions = True
        skip_diff = True

    return type("Resource", (resources.ModelResource,), {"Meta": Meta, **hooks})


def _person(name: str, number: str, phone: str, today: date) -> Any:
    """The holder of the number, or a new party."""
    from casemgr.parties import registry
    from casemgr.parties.models import Party

    if number and (known := registry.holder_of("RID", number)) is not None:
        return known
    party = Party(name=name, kind=Party.Kind.PERSON)
    if number:
        party.set_number("RID", number, today)
    if phone:
        party.set_phone(phone)
    party.save()
    return party


def _agency(name: str) -> Any:
    from casemgr.parties.models import Party
    from casemgr.parties.names import name_key

    return Party.objects.get(kind=Party.Kind.AGENCY, name_key=name_key(name))


def _parties(today: date) -> type:
    from casemgr.parties import registry
    from casemgr.parties.models import Party

    def skip_row(self: Any, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return registry.holder_of("RID", row["证件号码"]) is not None

    def before_save_instance(self: Any, instance: Any, row: Any, **kwargs: Any) -> None:
        instance.name, instance.address, instance.ethnicity = row["姓名或名称"], row["住址"], row["民族"]
        instance.kind = Party.Kind.PERSON
        instance.set_number("RID", row["证件号码"], today)
        instance.set_phone(row["电话"])

    return _resource(Party, skip_row=skip_row, before_save_instance=before_save_instance)


def _case(
    model: type,
    number_column: str,
    columns: Callable[[Any], dict[str, Any]],
    facts: Callable[[Any], Any],
    people: Callable[[Any], list[tuple[Any, str]]],
    days: dict[str, str],
    more: Callable[[Any, Any, list[Any]], None] = lambda case, row, parts: None,
) -> type:
    """A case with its facts, people and entries (`days`: by column, the kind of entry). `more` saves what else hangs
    on it."""
    from casemgr.cases.models import Event, Participation
    from casemgr.cases.registration.past import number_parts
    from casemgr.cases.search import index_title
    from casemgr.parties.snapshots import snapshot_of

    def skip_row(self: Any, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return model._default_manager.filter(number=row[number_column]).exists()

    def before_save_instance(self: Any, instance: Any, row: Any, **kwargs: Any) -> None:
        found = [date.fromisoformat(row[column]) for column in days if row.get(column)]
        text, year, sequence = number_parts(row[number_column], found)
        given = {"number": text, "number_year": year, "number_sequence": sequence, "is_past_record": True}
        for name, value in (given | columns(row)).items():
            if name != "state":
                setattr(instance, name, value)
        instance.__dict__["state"] = columns(row)["state"]

    def after_save_instance(self: Any, instance: Any, row: Any, **kwargs: Any) -> None:
        own = facts(row)
        own.case = instance
        own.save()
        parts = []
        for order, (party, role) in enumerate(people(row), 1):
            parts.append(Participation(case=instance, party=party, role=role, order=order, name=party.name,
                                       snapshot=snapshot_of(party)))  # fmt: skip
            parts[-1].save()
        index_title(instance)
        told = [(kind, date.fromisoformat(row[column])) for column, kind in days.items() if row.get(column)]
        for sequence, (kind, on) in enumerate(told, 1):
            Event(case=instance, kind=kind, occurred_on=on, sequence=sequence).save()
        more(instance, row, parts)

    return _resource(
        model, skip_row=skip_row, before_save_instance=before_save_instance, after_save_instance=after_save_instance
    )


def _reconsideration(today: date) -> type:
    from casemgr.cases.models import Act
    from casemgr.cases.procedure import Stage
    from casemgr.organisation.models import Unit
    from reconsideration.ledger.columns import HAPPENED, MATTERS, METHODS, NUMBER, OUTCOMES, TRACKS
    from reconsideration.models import ManagementAreaRow, ReconsiderationCase, ReconsiderationFacts

    unit = Unit.objects.order_by("pk").first()
    areas = {area.name: area for area in ManagementAreaRow.objects.all()}

    def columns(row: Any) -> dict[str, Any]:
        agency = _agency(row["被申请人"])
        act, _made = Act.objects.get_or_create(
            agency=agency, number=row["行政行为文号"],
            defaults={"acted_on": row["行政行为日期"], "kind": MATTERS[row["事项类别"]], "title": row["行政行为"]},
        )  # fmt: skip
        closed = bool(row["归档日期"])
        return {
            "title": f"不服{agency.name}{row['行政行为']}", "unit": unit, "act": act, "opened_on": row["收到日期"],
            "closed_on": row["归档日期"] or None, "outcome": OUTCOMES.get(row["结案方式"], ""),
            "state": "ARCHIVED" if closed else "ACCEPTED", "stage": Stage.CLOSED if closed else Stage.OPEN,
        }  # fmt: skip

    def facts(row: Any) -> Any:
        return ReconsiderationFacts(
            application_method=METHODS[row["申请方式"]], matter=MATTERS[row["事项类别"]], area=areas[row["管理类别"]],
            known_on=row["知道日期"], track=TRACKS[row["审理程序"]],
        )  # fmt: skip

    def people(row: Any) -> list[tuple[Any, str]]:
        return [(_person(row["申请人"], row["申请人证件号码"], "", today), "applicant"),
                (_agency(row["被申请人"]), "respondent")]  # fmt: skip

    return _case(ReconsiderationCase, NUMBER, columns, facts, people, {**HAPPENED, "决定日期": "decided"})


def _mediation(today: date) -> type:
    from casemgr.cases.procedure import Stage
    from casemgr.organisation.models import Unit
    from mediation.ledger.columns import HAPPENED, NUMBER, SUB_SOURCES, TYPES
    from mediation.models import MediationCase, MediationFacts

    def columns(row: Any) -> dict[str, Any]:
        closed = bool(row["结案日期"])
        return {
            "title": f"{row['申请人']}与{row['被申请人']}{row['纠纷类型']}纠纷",
            "unit": Unit.objects.get(name=row["调解组织"]), "opened_on": row["登记日期"],
            "closed_on": row["结案日期"] or None, "outcome": "agreed" if closed else "",
            "state": "CLOSED" if closed else "ACCEPTED", "stage": Stage.CLOSED if closed else Stage.OPEN,
        }  # fmt: skip

    def facts(row: Any) -> Any:
        return MediationFacts(
            source="application", sub_source=SUB_SOURCES["application"][row["来源细类"]],
            dispute_type=TYPES[row["纠纷类型"]], place=row["发生地"], summary=row["纠纷简要情况"],
            amount_yuan=row["涉及金额"], committee=Unit.objects.get(name=row["调解组织"]),
        )  # fmt: skip

    def people(row: Any) -> list[tuple[Any, str]]:
        return [(_person(row[side], row[f"{side}证件号码"], row[f"{side}电话"], today), role)
                for side, role in (("申请人", "applicant"), ("被申请人", "respondent"))]  # fmt: skip

    return _case(MediationCase, NUMBER, columns, facts, people, dict(HAPPENED))


def _litigation(today: date) -> type:
    from casemgr.cases.procedure import Stage
    from casemgr.organisation.models import Unit
    from litigation.court_numbers import key_of
    from litigation.ledger.columns import LEVELS, NUMBER, OUTCOMES, PAPERS
    from litigation.models import (
        Appearance,
        CourtSession,
        Instance,
        LitigationCase,
        LitigationFacts,
        Ruling,
        Standing,
    )

    unit = Unit.objects.order_by("pk").first()
    days = {"收到起诉状日期": "complaint_received", "答辩日期": "answer_filed", "开庭日期": "session_held",
            "裁判送达日期": "judgment_received", "上诉日期": "appealed", "生效日期": "ruling_effective"}  # fmt: skip

    def columns(row: Any) -> dict[str, Any]:
        return {
            "title": f"{row['原告']}诉{row['被告']}{row['案由']}", "unit": unit,
            "opened_on": row["收到起诉状日期"] or None, "outcome": OUTCOMES[row["裁判结果"]], "state": "JUDGED",
            "stage": Stage.DECIDED,
        }  # fmt: skip

    def people(row: Any) -> list[tuple[Any, str]]:
        return [(_person(row["原告"], "", "", today), "applicant"), (_agency(row["被告"]), "respondent")]

    def more(case: Any, row: Any, parts: list[Any]) -> None:
        instance = Instance(case=case, order=1, level=LEVELS[row["审级"]], court=row["受理法院"],
                            court_number=row[NUMBER], court_key=key_of(row[NUMBER]),
                            outcome=case.outcome)  # fmt: skip
        instance.save()
        standing = Standing(in_instance=instance, participation=parts[1], role="defendant", deed="acted")
        standing.save()
        Ruling(in_instance=instance, order=1, kind=PAPERS[row["裁判文书类型"]], outcome=case.outcome,
               number=row[NUMBER]).save()  # fmt: skip
        if row["开庭日期"]:
            session = CourtSession(in_instance=instance, number=1, held_on=row["开庭日期"],
                                   planned_at=f"{row['开庭日期']}T09:00+08:00")  # fmt: skip
            session.save()
            Appearance(session=session, standing=standing, is_recorded=True, head_came=True,
                       head_name=row["出庭负责人"], head_post=row["出庭负责人职务"]).save()  # fmt: skip

    def facts(row: Any) -> Any:
        return LitigationFacts(cause=row["案由"])

    return _case(LitigationCase, NUMBER, columns, facts, people, days, more)


def _backlog(today: date) -> type:
    from casemgr.numbering.series import allocate
    from casemgr.organisation.models import Unit
    from litigation.backlog.actions import SERIES
    from litigation.backlog.ledger.columns import AMOUNTS, DAYS, DUTY, KIND, KINDS, NUMBER, TEXTS, UNIT
    from litigation.court_numbers import key_of
    from litigation.models import BacklogItem, BacklogMeasure

    def skip_row(self: Any, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return BacklogItem.objects.filter(court_key=key_of(row[NUMBER]), duty=row[DUTY]).exists()

    def before_save_instance(self: Any, instance: Any, row: Any, **kwargs: Any) -> None:
        for column, name in {**AMOUNTS, **DAYS}.items():
            if row.get(column):
                setattr(instance, name, row[column])
        for column, name in TEXTS.items():
            if name != "measure":
                setattr(instance, name, row.get(column) or "")
        instance.unit, instance.ruling_kind = Unit.objects.get(name=row[UNIT]), KINDS[row[KIND]]
        instance.creditor, instance.court_key = "台账未记载", key_of(row[NUMBER])
        instance.__dict__["state"] = "cleared" if row["销号日期"] else "verified"
        instance.number = allocate(SERIES.code, today)

    def after_save_instance(self: Any, instance: Any, row: Any, **kwargs: Any) -> None:
        BacklogMeasure.objects.create(item=instance, on=today, kind="plan", text=row["化解措施"])

    return _resource(
        BacklogItem,
        skip_row=skip_row,
        before_save_instance=before_save_instance,
        after_save_instance=after_save_instance,
    )


RESOURCES: dict[str, Callable[[date], type]] = {
    "parties": _parties,
    "mediation": _mediation,
    "reconsideration": _reconsideration,
    "litigation": _litigation,
    "backlog": _backlog,
}
