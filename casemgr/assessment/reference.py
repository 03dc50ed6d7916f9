"""What an installation has on its first day: the kinds of flaw."""

from __future__ import annotations

from casemgr.audit.context import audited


def load_reference() -> int:
    """Create the missing kinds; those the office renamed stay as they are. Returns how many were created."""
    from casemgr.assessment.causes.flaws import SEED
    from casemgr.assessment.models import Flaw

    known = set(Flaw.objects.values_list("code", flat=True))
    with audited(action="assessment.load_reference"):
        missing = [
            Flaw(code=code, name=name, order=order) for order, (code, name) in enumerate(SEED, 1) if code not in known
        ]
        for flaw in missing:
            flaw.save()
    return len(missing)
