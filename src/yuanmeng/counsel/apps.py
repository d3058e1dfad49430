from django.apps import AppConfig

from yuanmeng.core import guards


class CounselConfig(AppConfig):
    """Puts the service ledger under the database's own guard."""

    name = "yuanmeng.counsel"

    def ready(self) -> None:
        guards.append_only("counsel_servicerecord")
