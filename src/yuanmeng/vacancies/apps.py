from django.apps import AppConfig

from yuanmeng.core import guards


class VacanciesConfig(AppConfig):
    """Puts lifted blocks under the database's own guard."""

    name = "yuanmeng.vacancies"

    def ready(self) -> None:
        guards.append_only("vacancies_lift")
