from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "casemgr.organisation"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from casemgr.organisation.middleware import stamp_session

        user_logged_in.connect(stamp_session, dispatch_uid="organisation.stamp_session")
