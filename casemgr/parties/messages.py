"""What a number's check and a comparison mean, in words that say what to do."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casemgr.parties import identity
from casemgr.parties.models import Party

_CHECKS: dict[str, str | Promise] = {
    identity.FORMAT: _(
        "This is not a number of the chosen document. Compare the number of characters with the document."
    ),
    identity.CHECKSUM: _("The last character does not fit the others: one is mistyped. Read the document once more."),
    identity.DATE: _("The date of birth inside the number does not exist. Check characters 7 to 14."),
    identity.FUTURE: _("The date of birth inside the number lies in the future. Check characters 7 to 14."),
    identity.REGION: _("The number begins with a province code that does not exist. Check the first two characters."),
    identity.MISSING: _("Enter the number, or choose “No document” as the document and say why."),
    identity.UNWANTED: _(
        "“No document” was chosen as the document: remove the number, or choose the document it comes from."
    ),
    identity.WRONG_KIND: _("The number belongs to another kind of document. Choose that document."),
}
_CREDIT_FORMAT = _(
    "A unified social credit code has 18 characters: digits and capital letters without I, O, S, V and Z. "
    "Check each one."
)
_RESIDENT_FORMAT = _("A resident identity number has 17 digits and a digit or X at the end. Count the characters.")
_WARNINGS: dict[str, str | Promise] = {
    identity.ORGCODE_CHECKSUM: _(
        "The organisation code inside the credit code does not check. Some registrars' codes are irregular: "
        "compare with the certificate; you can go on."
    ),
    identity.LEGACY15: _("This is an old 15-digit number. It is kept as it is; ask for the new card."),
}

WHY: dict[str, str | Promise] = {
    "different-kind": _("One is a person, the other is not"),
    "same-number": _("Same document number"),
    "same-number-other-birth": _("Same document number, another date of birth"),
    "same-number-other-name": _("Same document number, another name"),
    "renamed": _("Same document number under a former name"),
    "old-number": _("The old number fits the new one"),
    "one-digit": _("Same name; one character of the number differs and does not check"),
    "different-number": _("Different document numbers"),
    "name-birth-phone": _("Same name, date of birth and phone"),
    "name-birth-village": _("Same name, date of birth and village"),
    "name-birth": _("Same name and date of birth"),
    "name-phone": _("Same name and phone"),
    "name-only": _("Only the name is the same"),
    "sound-birth": _("Same sound, one character differs, same date of birth"),
    "household-phone": _("Only the phone is the same"),
    "organisation-name": _("Same name"),
    "organisation-core": _("Same name apart from place and legal form"),
    "nothing": _("Nothing in common"),
}
LEVELS: dict[str, str | Promise] = {
    "SAME": _("The same"),
    "SAME?": _("The same? Ask"),
    "LIKELY": _("Likely the same"),
    "POSSIBLE": _("Possibly the same"),
    "CONFLICT": _("Contradiction"),
}


PHONE_ERROR = _("This is not a phone number. A mobile number has 11 digits; write a landline with its area code.")


def number_error(kind: str, code: str) -> str | Promise:
    """The sentence beside the number's field."""
    if code == identity.FORMAT and kind == identity.CREDIT_CODE:
        return _CREDIT_FORMAT
    if code == identity.FORMAT and kind in {identity.RESIDENT, identity.HOUSEHOLD}:
        return _RESIDENT_FORMAT
    return _CHECKS[code]


def number_warnings(check: identity.IdentityCheck) -> list[str | Promise]:
    """What to mention without refusing."""
    codes = [*check.warnings, *([check.code] if check.code == identity.LEGACY15 else [])]
    return [_WARNINGS[code] for code in codes]


def conflict_error(known: Party, why: str, today: date) -> dict[str, str]:
    """The refusal of a second record for one number, by form field."""
    if why == "same-number-other-birth":
        return {
            "birth_on": _(
                "The registry holds this document number with another date of birth. Check the card: the number or the "
                "date is mistyped."
            )
        }
    return {
        "name": _(
            "The registry holds this document number under another name (%(name)s). Check the card: if the name was "
            "changed, record the former name on that party's page first."
        )
        % {"name": known.shown_name(in_scope=False, today=today)}
    }
