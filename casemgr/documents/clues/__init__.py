"""Facts and clues handed over to a supervision organ (纪检监察): a record of its own, seen by very few.

It stands beside the cases, in no course, search, ledger or figure of theirs (docs/decisions/0053).
"""
