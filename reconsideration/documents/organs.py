"""Who issues the papers, and what they say of the office, on a paper's day."""

from __future__ import annotations

from datetime import date

from casemgr.documents.kinds import Issuer
from casemgr.organisation.office import office_on, seal_on
from casemgr.organisation.reference import GOVERNMENT, JUSTICE_BUREAU

AUTHORITY = Issuer(
    name=lambda case, on: office_on(on).authority,
    seal=lambda case, on: seal_on(GOVERNMENT, on),
)
"""The government; its decisions and mediation papers bear its own seal (Reconsideration Law 2023, art. 73(1), 75)."""
OFFICE = Issuer(
    name=lambda case, on: office_on(on).office,
    seal=lambda case, on: seal_on(JUSTICE_BUREAU, on),
)
"""The reconsideration office is the department of justice (Reconsideration Law 2023, art. 4(2))."""


def authority_name(on: date) -> str:
    return office_on(on).authority


def office_name(on: date) -> str:
    return office_on(on).office


def phone(on: date) -> str:
    return office_on(on).phone


def counter(on: date) -> str:
    """Where papers are handed in or sent to, with address, postal code and telephone where they are known."""
    office = office_on(on)
    known = (("地址", office.address), ("邮政编码", office.postal_code), ("联系电话", office.phone))
    return office.counter + _in_brackets(known)


def basic_court(on: date) -> str:
    """Where acts of departments and towns are sued over (Administrative Litigation Law, art. 14), as papers name it.

    The office enters another court where the High Court has concentrated jurisdiction (art. 18(2)).
    """
    office = office_on(on)
    return office.basic_court + _in_brackets((("地址", office.basic_court_address),))


def intermediate_court(on: date) -> str:
    """Where a government of county level or above is sued (Administrative Litigation Law, art. 15(1))."""
    office = office_on(on)
    return office.intermediate_court + _in_brackets((("地址", office.intermediate_court_address),))


def _in_brackets(pairs: tuple[tuple[str, str], ...]) -> str:
    known = "，".join(f"{label}：{value}" for label, value in pairs if value)
    return f"（{known}）" if known else ""
