from django.apps import AppConfig
from django.core import checks


class OpsConfig(AppConfig):
    """Registers the checks that keep a demonstration out of production."""

    name = "yuanmeng.ops"

    def ready(self) -> None:
        from yuanmeng.ops.checks import for_the_database, for_the_settings

        checks.register(for_the_settings)
        checks.register(for_the_database, checks.Tags.database)
