from django.apps import AppConfig


class RecommendConfig(AppConfig):
    """Lends the occupations a reader of titles that has learned: that room stands below the engine."""

    name = "yuanmeng.recommend"

    def ready(self) -> None:
        from yuanmeng.occupations import classify
        from yuanmeng.recommend import coding

        classify.ask_also(coding.read)
