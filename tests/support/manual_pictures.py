"""Which pages the manual shows, as whom; `make pictures` takes them from the demo."""

from __future__ import annotations

from dataclasses import dataclass, field

PHONE, DESK = 390, 1366


@dataclass(frozen=True)
class Picture:
    """`page` as `role` sees it, or the first link there that reads as `first`, or there as `then`.

    In a link `#` stands for a number, `~` for a name. Where the demo has nothing that `first` leads to, the form at
    `makes` is sent with `values` before. The picture ends at `tallest`.
    """

    name: str
    role: str
    page: str
    first: str = ""
    then: str = ""
    width: int = DESK
    height: int = 900
    tallest: int = 1400
    makes: str = ""
    values: dict[str, str] = field(default_factory=dict)


PICTURES = (
    Picture("work-mediator", "mediator", "/work/"),
    Picture("work-mediator-phone", "mediator", "/work/", width=PHONE),
    Picture("register-mediator", "mediator", "/mediation/register/"),
    Picture("register-mediator-phone", "mediator", "/mediation/register/", width=PHONE),
    Picture("cases-officer", "officer", "/cases/"),
    Picture("case-officer", "officer", "/cases/?procedure=reconsideration&state=IN_REVIEW", "/cases/#"),
    Picture(
        "deadline-officer",
        "officer",
        "/cases/?procedure=reconsideration&state=IN_REVIEW",
        "/cases/#",
        "/cases/#/deadlines/#",
    ),
    Picture(
        "document-officer", "officer", "/cases/?procedure=reconsideration&state=IN_REVIEW", "/cases/#", "/documents/#"
    ),
    Picture("hearings-officer", "officer", "/reconsideration/hearings/"),
    Picture("unserved-officer", "officer", "/documents/unserved/"),
    Picture("work-head", "head", "/work/"),
    Picture("tables-town", "town", "/mediation/tables/"),
    Picture("volume-archive", "archive", "/cases/?stage=closed", "/cases/#", "/cases/#/volume/"),
    Picture("sessions-liaison", "liaison", "/litigation/sessions/"),
    Picture("backlog-liaison", "liaison", "/litigation/backlog/"),
    Picture("subsidy-finance", "finance", "/mediation/subsidy/", "/mediation/subsidy/#"),
    Picture("work-leader", "leader", "/work/"),
    Picture("board-leader", "leader", "/boards/"),
    Picture("figure-leader", "leader", "/indicators/sixty-days/"),
    Picture("official-officer", "officer", "/indicators/tables/", "/indicators/tables/~/"),
    Picture(
        "lock-head",
        "head",
        "/indicators/tables/locks/",
        "/indicators/tables/locks/#",
        makes="/indicators/tables/locks/new/",
        values={"part": "1", "checked_by": "高秀兰"},
        tallest=900,
    ),
    Picture("plan-leader", "leader", "/assessment/plans/", "/assessment/plans/#"),
    Picture("sheet-department", "department", "/assessment/sheets/", "/assessment/sheets/#"),
    Picture("causes-head", "head", "/assessment/causes/"),
    Picture("report-head", "head", "/assessment/reports/", "/assessment/reports/#"),
    Picture("ledgers-committee", "committee", "/ledgers/send/"),
    Picture("manual-phone", "mediator", "/help/mediator/", width=PHONE),
    Picture("log-auditor", "auditor", "/access-log/"),
    Picture("golive-admin", "admin", "/going-live/"),
    Picture("users-admin", "admin", "/users/"),
)
