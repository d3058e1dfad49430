from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from yuanmeng.core import guards


class CoreConfig(AppConfig):
    """Installs the database guards after every migration."""

    name = "yuanmeng.core"

    def ready(self) -> None:
        guards.append_only("core_step", "core_auditentry", "core_fieldevent")
        post_migrate.connect(_install_guards, dispatch_uid="yuanmeng.guards")


def _install_guards(using: str = "default", **_: Any) -> None:
    guards.install(using)
