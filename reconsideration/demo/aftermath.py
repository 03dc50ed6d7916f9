"""What follows one demo decision: a second duty that is late and ordered, an opinion and a suggestion letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from reconsideration.aftermath.duties import duties_of
from reconsideration.demo.clerk import Clerk

REPORT = "书面报告处理情况，并附送达申请人的证明"
OPINION = {
    "act": "被申请人对劳动保障监察投诉案件的办理期限管理",
    "findings": "立案后超过六十个工作日未作出处理，也未办理延长调查期限的审批手续，违反《劳动保障监察条例》第十七条",
    "demands": "对2026年以来受理的投诉案件逐件清理超期情况\n建立立案、延期、结案的登记和提醒制度",
}
SUGGESTION = {
    "problem": "受理投诉举报后超过法定期限未作处理、未书面告知的情况，在多个部门的行政复议案件中出现",
    "suggestions": "对投诉举报办理期限开展一次专项自查\n将办理期限纳入执法人员培训内容",
}


class Aftermath:
    """Mixin of the walker: the steps after the decision of a story whose performance is supervised."""

    clerk: Clerk
    at: date
    story: Any

    def on(self, gap: int) -> date:
        raise NotImplementedError

    def supervised(self) -> Iterator[date]:
        """The first duty has its own term; the second is late after ten days and is ordered with a new one."""
        clerk = self.clerk
        respondent = clerk.parties("respondent")[0]
        facts = clerk.case.facts
        clerk.step(
            "officer",
            "open_performance",
            kind="perform",
            duty=facts.performance_duty,
            due_on=facts.performance_due_on,
        )
        clerk.step("officer", "add_duty", kind="other", duty=REPORT, due_on=self.at + timedelta(days=10))
        yield self.on(1)
        letter = clerk.paper("opinion_letter", organ=respondent.pk, **OPINION)
        clerk.paper("suggestion_letter", organ=respondent.pk, **SUGGESTION)
        yield self.on(1)
        clerk.step("officer", "letter_received", letter=f"letter:{letter.pk}")
        yield self.on(10)
        late = duties_of(clerk.case)[1]
        order = clerk.paper("performance_order", what=late.subject, term=self.at + timedelta(days=10))
        clerk.serve(order)
