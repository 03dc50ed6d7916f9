"""口头申请笔录 (art. 22(3)) and 听取意见笔录 (art. 49; 听取意见办法 2-3): what was said, read over and signed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.events import Fact
from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, KindForm, Missing, Part
from casemgr.documents.references import ROLE_WORDS
from casemgr.documents.rendering import KeyValues, SignLines, chinese_date
from casemgr.pages.dates import long_date
from reconsideration.documents import organs
from reconsideration.documents.casefile import CHANNEL_WORDS, CaseFile, closed, without_opening
from reconsideration.documents.party_forms import particulars
from reconsideration.documents.shapes import GAP, printed_form
from reconsideration.documents.trial_notice import LAW
from reconsideration.terms import ApplicationMethod


def oral_text(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    facts = file.facts
    told = (closed(line) for line in facts.oral_record.splitlines() if line.strip())
    requests = without_opening(facts.requests.splitlines(), "申请人请求", "请求")
    reasons = without_opening(facts.reasons.splitlines(), "事实和理由", "理由")
    return Composed(
        (
            Part("head"),
            Part("parties", tuple(line for part in file.applicants for line in particulars(part, "申请人"))),
            Part("respondent", (f"被申请人：{file.respondent_names}",)),
            Part("record", tuple(told), "申请情况"),
            Part("requests", tuple(closed(line) for line in requests) or (GAP,), "行政复议请求"),
            Part("reasons", tuple(closed(line) for line in reasons) or (GAP,), "申请行政复议的主要事实、理由和时间"),
            Part(
                "read",
                (
                    f"根据{LAW}第二十二条第三款的规定当场记录。以上笔录已经申请人阅读（向申请人宣读），"
                    "申请人核对无误后签名、盖章或者按指印。",
                ),
            ),
        )
    )


def oral_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = CaseFile(case)
    handler = case.lead_handler.full_name if case.lead_handler else ""
    head = KeyValues(
        (
            ("案号", case.number),
            ("申请时间", f"{chinese_date(file.received_on)}　　时　　分"),
            ("地点", "行政复议接待室"),
            ("记录人", handler),
        )
    )
    signs = tuple(f"申请人{part.name}" for part in file.applicants)
    return {"head": (head,), "signatures": (SignLines((*signs, "记录人")),)}


def oral_requires(case: Case, data: Data) -> list[Missing]:
    facts = CaseFile(case).facts
    found = []
    for name, message in (
        ("requests", _("The case does not say what the applicant requests.")),
        ("reasons", _("The case does not say the facts and reasons.")),
    ):
        if not getattr(facts, name).strip():
            found.append(Missing(name, message, "22(3)", mended_by="reconsideration.correct_facts"))
    return found


ORAL_RECORD = printed_form(
    code="oral_record",
    name=_("Record of an oral application (form)"),
    title="口头申请行政复议笔录",
    issuer=organs.OFFICE,
    compose=oral_text,
    blocks=oral_blocks,
    requires=oral_requires,
    offered_if=lambda case: case.facts.application_method == ApplicationMethod.ORAL,
)


class OpinionRecordForm(KindForm):
    heard = forms.ChoiceField(label=_("Which opinion"), required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = _heard(CaseFile(self.case))
        names = {part.party_id: part.name for part in self.case.participations.all()}
        choices = [(str(fact.root.pk), _label(fact, names)) for fact in rows]
        self.fields["heard"].choices = [("", _("— choose —")), *choices]
        if choices and not self.is_bound and self.subject is self.case:
            self.fields["heard"].initial = choices[-1][0]


def _label(fact: Fact, names: dict[int, str]) -> str:
    day = long_date(fact.occurred_on) if fact.occurred_on else ""
    return f"{names.get(fact.party_id or 0, '')}　{day}"


def _heard(file: CaseFile) -> list[Fact]:
    """Opinions that were heard; why one was not is recorded in the file without a record to sign."""
    return [fact for fact in file.facts_of_kind("opinion_heard") if fact.data.get("channel") != "not_heard"]


def _chosen(file: CaseFile, data: Data) -> Fact | None:
    return next((fact for fact in _heard(file) if str(fact.root.pk) == str(data.get("heard") or "")), None)


WILLING = {True: "愿意调解", False: "不愿意调解", None: "未询问"}


def opinion_text(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    fact = _chosen(file, data)
    if fact is None:
        return Composed((Part("head"),))
    said = tuple(closed(line) for line in fact.data.get("content", "").splitlines() if line.strip())
    return Composed(
        (
            Part("head"),
            Part(
                "told",
                (
                    f"行政复议机构办案人员已表明身份，告知{file.complaint(file.respondent_names)}申请行政复议一案的审理情况和"
                    f"当事人的权利义务，根据{LAW}第四十九条的规定听取当事人的意见。",
                ),
                "告知事项",
            ),
            Part("content", said or (GAP,), "当事人意见"),
            Part("mediation", (f"{WILLING.get(fact.data.get('wants_mediation'), '未询问')}。",), "调解意愿"),
            Part("read", (_read(fact),)),
        )
    )


def _read(fact: Fact) -> str:
    if fact.data.get("channel") == "in_person":
        return "以上笔录经当事人阅读（向当事人宣读），核对无误后签名。"
    return "以上意见通过电话或者互联网听取，由办案人员记录，通话录音或者网络记录附卷。"


def opinion_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = CaseFile(case)
    fact = _chosen(file, data)
    if fact is None:
        return {}
    part = next((one for one in file.parts if one.party_id == fact.party_id), None)
    handlers = [case.lead_handler, *case.further_handlers.all()] if case.lead_handler else []
    channel = fact.data.get("channel", "")
    where = str(data.get("place") or "") or ("行政复议接待室" if channel == "in_person" else "—")
    head = KeyValues(
        (
            ("案号", case.number),
            ("时间", f"{chinese_date(fact.occurred_on)}　　时　　分"),
            ("地点", where),
            ("听取方式", CHANNEL_WORDS.get(channel, "")),
            ("当事人", f"{part.name}（{ROLE_WORDS[part.role]}）" if part else ""),
            ("办案人员", "、".join(one.full_name for one in handlers)),
        )
    )
    own = (f"当事人{part.name if part else ''}",) if channel == "in_person" else ()
    return {"head": (head,), "signatures": (SignLines((*own, "办案人员", "记录人")),)}


def opinion_requires(case: Case, data: Data) -> list[Missing]:
    file = CaseFile(case)
    if _chosen(file, data) is not None:
        return []
    if not _heard(file):
        message = _("No opinion is recorded yet: record it first.")
        return [Missing("opinion", message, "49", mended_by="reconsideration.hear_opinion")]
    return [Missing("heard", _("Choose which opinion the record is about."), "49", "heard")]


OPINION_RECORD = printed_form(
    code="opinion_record",
    name=_("Record of a party's opinion (form)"),
    title="听取意见笔录",
    issuer=organs.OFFICE,
    form=OpinionRecordForm,
    compose=opinion_text,
    blocks=opinion_blocks,
    requires=opinion_requires,
    offered_if=lambda case: bool(_heard(CaseFile(case))),
)
