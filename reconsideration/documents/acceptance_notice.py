"""受理通知书: accepted when and how, who handles it, rights, due day."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from casemgr.documents.rendering import chinese_date
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile, numbered

UNDER_TRIAL = ("ACCEPTED", "AWAIT_REPLY", "IN_REVIEW")

# Reconsideration Law 2023, art. 13 with Regulation 2026, art. 53(1); 17, 42, 44, 47, 49, 50, 5, 74, 87
RIGHTS = (
    "可以委托一至二名律师、基层法律服务工作者或者其他代理人代为参加行政复议（第十七条）",
    "可以查阅、复制被申请人提出的书面答复、作出行政行为的证据、依据和其他有关材料（第四十七条）",
    "可以申请停止执行被申请行政复议的行政行为（第四十二条）",
    "可以陈述意见、提交证据，请求听证（第四十四条、第四十九条、第五十条）",
    "可以依法请求对行政行为所依据的规范性文件一并进行附带审查（第十三条）",
    "可以自愿参加调解、与被申请人和解，可以在行政复议决定作出前撤回行政复议申请（第五条、第七十四条）",
)


class AcceptanceNoticeForm(KindForm):
    contact = forms.CharField(
        label=_("Telephone of the office"),
        required=False,
        max_length=40,
        help_text=_("A number of the office, not a private one."),
    )


def handlers(case: Case) -> list[str]:
    """Names of the people who handle the case, the lead first."""
    people = [case.lead_handler] if case.lead_handler else []
    return [person.full_name for person in (*people, *case.further_handlers.all())]


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    you = file.you(file.applicants)
    accepted = chinese_date(file.accepted_on)
    if file.is_deemed_accepted:
        acceptance = (
            f"根据《中华人民共和国行政复议法》第三十条第三款的规定，该申请的审查期限于{accepted}届满，自该日起视为受理，"
            f"适用{file.track}审理。"
        )
    else:
        acceptance = (
            "经审查，该申请符合《中华人民共和国行政复议法》第三十条第一款的规定，"
            f"本机关于{accepted}决定予以受理，适用{file.track}审理。"
        )
    return Composed(
        (
            Part(
                "acceptance",
                (
                    f"{you}{file.complaint(file.respondent_names)}，向本机关申请行政复议，"
                    f"本机关于{chinese_date(file.received_on)}收到申请。{acceptance}",
                ),
            ),
            Part("handlers", (_handlers(case, data, today),)),
            Part("due", (_due(file),)),
            Part(
                "rights",
                (
                    wording.ACCEPTANCE_RIGHTS.say({"当事人": you}),
                    *numbered(list(RIGHTS), lambda n: f"{n}. "),
                ),
            ),
            Part(
                "fee",
                (
                    "根据《中华人民共和国行政复议法》第八十七条的规定，行政复议机关受理行政复议申请，不向申请人收取任何费用。",
                    wording.CLOSING.say(),
                ),
            ),
        ),
        addressee=file.applicant_names,
    )


def _handlers(case: Case, data: Data, on: date) -> str:
    phone = data.get("contact") or organs.phone(on)
    contact = f"，联系电话：{phone}" if phone else ""
    known = {"机构": organs.office_name(on), "承办人": "、".join(handlers(case)), "电话": contact}
    return wording.ACCEPTANCE_HANDLERS.say(known)


def _due(file: CaseFile) -> str:
    """Reconsideration Law 2023, art. 62."""
    due = file.due("R-DEC", "R-DEC-S")
    until = f"，即在{chinese_date(due)}前（含当日）" if due else ""
    if file.is_simplified:
        article = "《中华人民共和国行政复议法》第六十二条第二款"
        return f"根据{article}的规定，本机关应当自受理申请之日起30日内{until}作出行政复议决定。"
    days = file.facts.decision_term_days or 60
    return (
        f"根据《中华人民共和国行政复议法》第六十二条第一款的规定，本机关应当自受理申请之日起{days}日内{until}作出行政复议决定；"
        "情况复杂，不能在规定期限内作出的，经行政复议机构的负责人批准，可以适当延长，并书面告知，延长期限最多不超过30日。"
    )


def requires(case: Case, data: Data) -> list[Missing]:
    found = []
    if not handlers(case):
        message = _("Assign a handler to the case: the notice names the people who handle it.")
        found.append(Missing("handler", message, mended_by="cases.assign"))
    if CaseFile(case).accepted_on is None:
        found.append(Missing("accepted-on", _("The day of acceptance is not known."), "62"))
    return found


ACCEPTANCE_NOTICE = DocumentKind(
    code="acceptance_notice",
    name=_("Acceptance notice"),
    title="行政复议申请受理通知书",
    issuer=organs.AUTHORITY,
    compose=compose,
    states=UNDER_TRIAL,
    series=series.ACCEPTANCE,
    form=AcceptanceNoticeForm,
    passages=wording.ACCEPTANCE,
    recipients=lambda case: CaseFile(case).applicants,
    requires=requires,
    primary=30,
)
