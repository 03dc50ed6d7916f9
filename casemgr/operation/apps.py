from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationConfig(AppConfig):
    name = "casemgr.operation"

    def ready(self) -> None:
        from casemgr.actions import outbox, registry
        from casemgr.audit import kinds
        from casemgr.operation import (
            alarms,
            quick_migrations,
            schedule,  # noqa: F401 - registers the scheduled work
        )
        from casemgr.operation.access_review import actions as access_review
        from casemgr.operation.accounts import actions as accounts
        from casemgr.operation.accounts import log_in_actions, news
        from casemgr.operation.first_start import actions as first_start
        from casemgr.operation.golive import actions as golive
        from casemgr.operation.office import actions as office
        from casemgr.operation.ownership import statement as ownership
        from casemgr.operation.series import actions as series
        from casemgr.operation.sheets import actions as sheets
        from casemgr.operation.tokens import actions as tokens

        quick_migrations.install()
        parts = (access_review, accounts, log_in_actions, first_start, golive, office, series, sheets, tokens)
        for part in parts:
            registry.register(*part.ACTIONS)
        outbox.declare(*access_review.NOTICES, *news.NOTICES, *alarms.NOTICES, ownership.NOTICE)
        kinds.register(
            access_review_signed=_("Review of access signed"),
            signature_refused=_("Signature refused: wrong password"),
            case_access_ended=_("Access to a case ended"),
            seal_sheet_printed=_("Head sheet printed"),
            verification_asked=_("Verification of the seals asked for"),
            office_changed=_("Particulars of the office changed"),
            seal_changed=_("Official seal changed"),
            first_start=_("First account opened"),
            golive_confirmed=_("Item of the go-live list confirmed"),
            series_started=_("Next number of a series set"),
            number_voided=_("Number voided"),
            users_imported=_("List of users read in"),
            units_imported=_("List of units read in"),
            backup_asked=_("Backup asked for"),
            token_made=_("API token made"),
            token_refused=_("API token refused"),
            token_revoked=_("API token revoked"),
            system_made=_("Account of a system added"),
        )
