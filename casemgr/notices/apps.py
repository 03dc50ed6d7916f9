from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "casemgr.notices"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from casemgr.actions import outbox
        from casemgr.audit import kinds
        from casemgr.notices import reminders, work  # noqa: F401 - declare notices and register the work
        from casemgr.notices.listener import keep
        from casemgr.notices.models import Preference
        from casemgr.organisation.field_keys import register_wrapped

        outbox.listen("notices", keep)
        register_wrapped(Preference, "mobile_key")
        kinds.register(
            feed_issued=_("Calendar address issued"),
            feed_revoked=_("Calendar address withdrawn"),
            feed_opened=_("Calendar fetched"),
        )
