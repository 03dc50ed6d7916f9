"""Tables T6 to T10 of litigation."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.indicators.tables.definition import Rate, numbered
from casemgr.indicators.tables.official import Book, OfficialTable
from litigation.indicators import APPEARANCE, CLEARANCE
from litigation.indicators.losses import LOSS
from litigation.models import PROCEDURE
from litigation.roles import LIAISON
from litigation.tables import columns, remarks
from litigation.tables.base import BACKLOG, CONCLUDED, HEADS, LETTERS, SUITS

BOOK = Book("litigation", _("Tables of litigation"), PROCEDURE, LIAISON)
T6 = OfficialTable(
    code="T6",
    name=_("T6 Suits against agencies"),
    formula=_(
        "Each court number of first instance, second instance or retrial counts once; reviews of applications for "
        "retrial and enforcement do not count. It is received on the day its papers first reached an agency, else on "
        "the day of the court's filing, and closed on the day of the last paper that ends it. The line says the "
        "instance and whether the agencies are sued over the act, over the reconsideration alone or together; the "
        "level is that of the banner's organ that made the act, or else decided the reconsideration. An agency has to "
        "pay where the paper obliges it to pay or compensate. A judicial suggestion is one whose letter is linked "
        "with the suit, or that the court sent in the enforcement; it counts in the suit's last instance. Files "
        "entered by mistake do not count, nor do instances of the past of which nobody knows when they ended."
    ),
    columns=numbered(columns.suits()),
    checks=columns.SUIT_CHECKS,
    base=SUITS.code,
    book=BOOK.code,
    lines="suit",
    dim="suit",
    in_list=("carried", "received", "closed", "open"),
)
T7 = OfficialTable(
    code="T7",
    name=_("T7 Heads in court"),
    formula=APPEARANCE.formula,
    columns=numbered(columns.heads()),
    checks=columns.HEAD_CHECKS,
    rates=(
        Rate(_("Heads in court"), _("units with a session"), lambda v: v["attended"], lambda v: v["counted"]),
        Rate(_("Heads in court, less absences with good reason"),
             _("units with a session, less absences with good reason"), lambda v: v["attended"],
             lambda v: v["counted"] - v["justified"]),
    ),
    base=HEADS.code,
    book=BOOK.code,
    lines="sued",
    dim="unit",
    in_list=("counted", "attended", "missed", "justified", "spoke"),
    remarks=remarks.of_heads,
)  # fmt: skip
T8 = OfficialTable(
    code="T8",
    name=_("T8 Rate of suits lost"),
    formula=format_lazy(
        "{}\n{}",
        _(
            "Rate of suits lost = (annulled + partly annulled + changed + confirmed illegal or void + duty or payment "
            "ordered + liability under an agreement + reversed to the agency's disadvantage) ÷ suits concluded."
        ),
        LOSS.formula,
    ),
    columns=numbered(columns.losses()),
    checks=columns.LOSS_CHECKS,
    rates=(
        Rate(_("Rate of suits lost"), _("suits concluded"), lambda v: v["lost"], lambda v: v["concluded"]),
        Rate(_("Suits lost, or withdrawn after the act was changed"), _("suits concluded"),
             lambda v: v["lost"] + v["changed"], lambda v: v["concluded"]),
    ),
    base=CONCLUDED.code,
    book=BOOK.code,
    lines="sued",
    dim="unit",
    in_list=("concluded", "lost", "changed"),
)  # fmt: skip
T9 = OfficialTable(
    code="T9",
    name=_("T9 Backlog of effective rulings"),
    formula=format_lazy(
        "{}\n{}",
        CLEARANCE.formula,
        _(
            "Every number is how many items of the year's base are so on the last day of the period. The target is "
            "judged in whole numbers, and a rate is never rounded into its reach. Amounts are those of the base as "
            "the register has them on the day the table is asked for."
        ),
    ),
    columns=numbered(columns.items()),
    checks=columns.ITEM_CHECKS,
    base=BACKLOG.code,
    book=BOOK.code,
    lines="owing",
    dim="unit",
    whole="whole",
    in_list=("base", "cleared", "written_off", "paused", "open", "rate"),
    remarks=remarks.of_backlog,
)
T10 = OfficialTable(
    code="T10",
    name=_("T10 Judicial and procuratorial suggestions"),
    formula=_(
        "A letter counts once for each recipient, on the day that recipient received it. An answer is owed to all "
        "but suggestions because a head did not attend; it is in time when the first answer was given by the last "
        "day of the time that the law or the letter states. What the last answer says counts on its day. Performed "
        "is what was done with proof: an answer alone is no performance."
    ),
    columns=numbered(columns.suggestions()),
    checks=columns.LETTER_CHECKS,
    rates=(
        Rate(
            pgettext_lazy("table", "Answered in time"), _("answers owed that had a term and were given or are overdue"),
            lambda v: v["in_time"], lambda v: v["in_time"] + v["late"] + v["overdue"],
        ),
    ),
    base=LETTERS.code,
    book=BOOK.code,
    lines="letter",
    dim="letter",
    in_list=("received", "owed", "in_time", "late", "waiting", "corrected"),
)  # fmt: skip
TABLES = (T6, T7, T8, T9, T10)
