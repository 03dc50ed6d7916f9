from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "casemgr.organisation.accounts"
    label = "accounts"

    def ready(self) -> None:
        from casemgr.organisation.accounts.models import SecondFactor
        from casemgr.organisation.field_keys import register_wrapped

        register_wrapped(SecondFactor, "secret_key")
