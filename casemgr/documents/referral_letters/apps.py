from django.apps import AppConfig


class ReferralLettersConfig(AppConfig):
    name = "casemgr.documents.referral_letters"
    label = "referral_letters"

    def ready(self) -> None:
        from casemgr.actions import registry
        from casemgr.cases.referrals.panels import register_panel
        from casemgr.documents.referral_letters.actions import ACTIONS
        from casemgr.documents.referral_letters.models import DESCRIPTION, FOLDER, ReferralLetter
        from casemgr.documents.referral_letters.panels import TEMPLATE, letters_of
        from casemgr.documents.uploads.holding import hold

        registry.register(*ACTIONS)
        hold(ReferralLetter, FOLDER, *DESCRIPTION)
        register_panel(TEMPLATE, letters_of)
