"""What the demo office's desk, committee and quality have: few records that show what each is for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from casemgr.actions.perform import perform
from casemgr.organisation.models import Unit
from casemgr.organisation.reference import RECONSIDERATION_OFFICE
from casemgr.rooms.models import Room
from reconsideration.models import (
    CommitteeMember,
    FileReview,
    ReconsiderationCase,
    ReviewChecklist,
    Visit,
)
from reconsideration.quality.drawing import closed_in

Office = Mapping[str, Any]
MEMBERS = (
    ("陈立新", "department", "chair", "达拉特旗人民政府副旗长", "行政管理"),
    ("包慧敏", "department", "member", "达拉特旗自然资源局副局长", "土地、规划"),
    ("云晓峰", "expert", "member", "内蒙古义盟律师事务所律师", "行政诉讼"),
    ("萨仁高娃", "scholar", "member", "内蒙古大学法学院副教授", "行政法学"),
)
RULES = (
    ("rule", "行政复议听取意见工作规程", "达司办发〔2026〕6号", ["reconsideration.hear_opinion"],
     "一、听取意见由承办人主持，可以当面或者通过互联网、电话进行。\n二、听取意见应当记录时间、方式、参加人和意见要点，并询问是否愿意调解。"),
    ("form", "阅卷申请表（式样）", "", ["reading.ask"], "申请人、第三人及其委托代理人申请查阅、复制材料时填写。"),
)  # fmt: skip
PIECES = (
    ("respondent", "written", "工伤认定申请表及受理通知书", "被申请人案卷", "证明依法受理", "4", None, "true"),
    ("respondent", "witness", "工友证言", "被申请人调取", "证明事故发生时间", "2", None, ""),
    ("applicant", "electronic", "考勤记录截图", "申请人手机", "证明事发时在上班途中", "3", None, ""),
)


def equip(office: Office, today: date) -> None:
    """Once: an office that has committee members has all of it. Needs cases, which come before."""
    if CommitteeMember.objects.exists() or not ReconsiderationCase.objects.exists():
        return
    _committee(office, today)
    _evidence(office, today)
    _reading(office, today)
    _visits(office, today)
    _quality(office, today)


def _of(name: str) -> ReconsiderationCase | None:
    """The case of the story whose applicant has this name."""
    found = ReconsiderationCase.objects.filter(participations__party__name=name, participations__role="applicant")
    return found.order_by("pk").first()


def _step(office: Office, name: str, case: ReconsiderationCase, today: date, **data: Any) -> None:
    case = ReconsiderationCase.objects.get(pk=case.pk)
    perform(name, case, {"on": today, **data}, office["officer"], today)


def _committee(office: Office, today: date) -> None:
    for name, kind, duty, organ, field in MEMBERS:
        entered = {"name": name, "kind": kind, "duty": duty, "organ": organ, "field": field,
                   "from_on": today - timedelta(days=400), "until_on": today + timedelta(days=700)}  # fmt: skip
        perform("committee.appoint", None, entered, office["head"], today)
    members = list(CommitteeMember.objects.order_by("pk"))
    if (case := _of("田喜旺")) is not None and case.state == "IN_REVIEW":
        question = "宅基地四至在历次登记中不一致，能否以1998年的登记为准？"
        _step(office, "reconsideration.ask_committee", case, today, trigger="grave", question=question)
        _step(office, "reconsideration.record_committee_opinion", case, today, meeting="consultation",
              presided_by=members[0].name, recorded_by=office["officer"].full_name,
              present=[one.pk for one in (members[0], *members[2:])], stand_aside=[members[1].pk],
              interest="所在单位参与过本案地籍调查",
              opinion="登记不一致时应当查明历次登记的依据，不宜只以1998年的登记为准，建议现场核查后作出决定。",
              dissent="")  # fmt: skip
    if (case := _of("内蒙古绿源建材有限公司")) is not None and case.state == "IN_REVIEW":
        question = "在线监测数据能否单独作为超标排放的处罚依据？"
        _step(office, "reconsideration.ask_committee", case, today, trigger="technical", question=question)


def _evidence(office: Office, today: date) -> None:
    case = _of("张翠林")
    if case is None or case.state != "IN_REVIEW":
        return
    parts = {part.role: part.pk for part in case.participations.all()}
    late = ("respondent", "written", "补充询问笔录", "复议期间询问单位负责人", "证明未安排加班", "2",
            case.opened_on + timedelta(days=3), "")  # fmt: skip
    for role, kind, title, origin, purpose, pages, collected, finding in (*PIECES, late):
        entered = {"given_by": parts[role], "kind": kind, "title": title, "origin": origin, "purpose": purpose,
                   "pages": pages, "received_on": _replied_on(case) or today, "collected_on": collected,
                   "is_original_seen": role == "respondent"}  # fmt: skip
        piece = perform("evidence.add", case, entered, office["officer"], today)
        if finding:
            perform("evidence.opinion", piece, {"opinion": "申请人对真实性无异议。"}, office["officer"], today)
            piece.refresh_from_db()
            perform("evidence.find", piece, {"on": today, "finding": finding}, office["officer"], today)
    asked = {"kind": "question", "held_on": today, "hours": "9:30至10:20", "place": "用人单位会议室",
             "officer": office["officer"].pk, "second_officer": office["head"].pk, "cards_shown": True,
             "recorder": office["officer"].full_name, "asked": "用人单位人力资源部负责人",
             "content": "问：事发当日的考勤如何记录？\n答：由门卫登记，次日录入系统。"}  # fmt: skip
    perform("investigation.record", case, asked, office["officer"], today)


def _replied_on(case: ReconsiderationCase) -> date | None:
    event = case.events.filter(kind="reply_received").first()
    return event.occurred_on if event else None


def _reading(office: Office, today: date) -> None:
    case = _of("张翠林")
    if case is None or case.state != "IN_REVIEW":
        return
    applicant = case.participations.get(role="applicant").pk
    entered = {"asked_by": applicant, "asked_on": today, "wanted": "被申请人的书面答复和全部证据"}
    asked = perform("reading.ask", case, entered, office["officer"], today)
    decided = {"on": today, "decision": "partly", "ground": "privacy", "withheld": "工友证言中的住址和家庭情况"}
    asked = perform("reading.decide", asked, decided, office["officer"], today)
    room = Room.objects.visible_to(office["officer"], today).filter(kind=Room.Kind.RECEPTION, is_active=True).first()
    if room is not None:
        read = {"on": today, "room": room.pk, "reader": "张翠林", "read": "书面答复、证据1", "copied": "书面答复",
                "copied_pages": 4, "watched_by": office["officer"].pk}  # fmt: skip
        perform("reading.record", asked, read, office["officer"], today)


def _visits(office: Office, today: date) -> None:
    unit = Unit.objects.get(code=RECONSIDERATION_OFFICE).pk
    rows = (
        (12, "赵晓燕", "13800000102", "in_person", "advice", "举报商家后没有收到答复，问能否申请复议",
         "可以自知道不履行之日起六十日内申请，并告知需要的材料", "advised"),
        (5, "赵晓燕", "13800000102", "in_person", "apply", "认为市场监管局不履行查处职责", "", "taken"),
        (3, "贾玉兰", "13800000777", "phone", "advice", "邻里排水纠纷，村委会不管", "属于民间纠纷，引导到镇调解委员会",
         "sent_on"),
        (1, "张翠林", "", "in_person", "progress", "问案件何时作出决定", "告知审理期限和当前进度", "advised"),
        (0, "高二小", "13800000161", "in_person", "apply", "不服土地权属处理决定", "告知应当提交的材料", "advised"),
    )  # fmt: skip
    for days, name, number, way, purpose, matter, advice, result in rows:
        entered = {"unit": unit, "visited_on": today - timedelta(days=days), "way": way, "name": name,
                   "number": number, "purpose": purpose, "matter": matter, "advice": advice, "result": result,
                   "sent_to": "树林召镇人民调解委员会" if result == "sent_on" else ""}  # fmt: skip
        perform("visit.enter", None, entered, office["officer"], today)
    for name, at in (("赵晓燕", "apply"), ("张翠林", "progress")):
        if (case := _of(name)) is not None:
            visit = Visit.objects.get(name=name, purpose=at)
            perform("visit.link_case", visit, {"case_number": case.number}, office["officer"], today)


def _quality(office: Office, today: date) -> None:
    for kind, title, number, steps, text in RULES:
        entered = {"kind": kind, "title": title, "number": number, "steps": steps, "text": text,
                   "from_on": today - timedelta(days=200)}  # fmt: skip
        perform("office_rule.enter", None, entered, office["head"], today)
    year = next((year for year in (today.year, today.year - 1) if closed_in(year)), None)
    if year is None or not ReviewChecklist.objects.exists():
        return
    drawn = {"year": year, "size": 3, "seed": f"{year}-07-15-3", "checklist": ReviewChecklist.objects.first().pk}
    found = perform("review.draw", None, drawn, office["head"], today)
    for review in found.reviews.all()[:2]:
        perform("review.assign", review, {"reviewer": office["panel"].pk}, office["head"], today)
    first = FileReview.objects.get(pk=found.reviews.first().pk)
    result = {"on": today, "points_G2": "2", "text_G2": "一份送达回证未填写代收人与受送达人的关系",
              "repair_by": today + timedelta(days=20)}  # fmt: skip
    perform("review.record", first, result, office["panel"], today)
    if (case := _of("郭占山")) is not None and case.state == "ARCHIVED":
        told = {
            "title": "草原补奖资金发放程序违法案",
            "facts": "申请人不服行政机关作出的处理决定，认为作出决定前没有听取陈述、申辩。",
            "reasoning": "作出影响当事人权益的决定前，应当告知并听取其陈述、申辩。未经此程序的，予以撤销。",
            "meaning": "提示各行政机关在作出不利决定前依法履行告知和听取意见的程序。",
        }
        perform("model_case.mark", case, told, office["head"], today)
