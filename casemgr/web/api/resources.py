"""Every kind of record that has addresses of the common pattern; a package declares its own and stands here."""

from __future__ import annotations

from casemgr.actions.resources import Resource
from casemgr.assessment.api import RESOURCES as ASSESSMENT
from casemgr.boards.api import RESOURCES as BOARDS
from casemgr.cases.emergency.api import EMERGENCIES
from casemgr.cases.people.api import ABSENCES
from casemgr.cases.procedure import procedures
from casemgr.cases.reassigning.api import REASSIGNMENTS
from casemgr.cases.recomputation.api import HOLIDAY_NOTICES
from casemgr.cases.referrals.api import REFERRALS
from casemgr.documents.clues.api import CLUES
from casemgr.documents.referral_letters.api import LETTERS as REFERRAL_LETTERS
from casemgr.documents.sealing.api import SEAL_USES
from casemgr.documents.uploads.api import MATERIALS
from casemgr.documents.volumes.api import APPRAISALS, RETENTION_RULES, VOLUMES
from casemgr.documents.wording.api import PHRASES, WORDINGS
from casemgr.indicators.api_targets import TARGETS
from casemgr.indicators.tables.api import RESOURCES as OFFICIAL_TABLES
from casemgr.operation.access_review.api import ACCESS_REVIEWS
from casemgr.operation.accounts.api import ROLES, SECOND_FACTOR_RULES, UNITS, USERS
from casemgr.operation.api import CONFIRMATIONS, OFFICE, SERIES, VOID_NUMBERS
from casemgr.parties.api_records import DATA_REQUESTS, MERGES, SPLITS
from casemgr.rooms.api import BOOKINGS, ROOMS
from casemgr.timelimits.api_days import LOCAL_DAYS

RESOURCES: tuple[Resource, ...] = (
    REFERRALS,
    REFERRAL_LETTERS,
    MATERIALS,
    SEAL_USES,
    CLUES,
    ROOMS,
    BOOKINGS,
    VOLUMES,
    APPRAISALS,
    RETENTION_RULES,
    WORDINGS,
    PHRASES,
    ABSENCES,
    EMERGENCIES,
    REASSIGNMENTS,
    MERGES,
    SPLITS,
    DATA_REQUESTS,
    HOLIDAY_NOTICES,
    LOCAL_DAYS,
    TARGETS,
    UNITS,
    USERS,
    ROLES,
    SECOND_FACTOR_RULES,
    ACCESS_REVIEWS,
    OFFICE,
    SERIES,
    VOID_NUMBERS,
    CONFIRMATIONS,
    *ASSESSMENT,
    *OFFICIAL_TABLES,
    *BOARDS,
)


def every() -> tuple[Resource, ...]:
    """Those of the ground, and those that procedures name in `extra["resources"]`."""
    return (*RESOURCES, *(one for procedure in procedures() for one in procedure.extra.get("resources", ())))
