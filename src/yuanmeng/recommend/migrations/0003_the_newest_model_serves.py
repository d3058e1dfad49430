from typing import Any

from django.db import migrations


def let_the_newest_serve(apps: Any, schema_editor: Any) -> None:
    """Until now the newest build served without being called so."""
    rows = apps.get_model("recommend", "ModelVersion").objects
    newest = rows.order_by("-made_at", "-id").first()
    if newest is not None:
        rows.filter(pk=newest.pk).update(state="serving")


class Migration(migrations.Migration):
    dependencies = [("recommend", "0002_models_stand_or_are_refused")]
    operations = [migrations.RunPython(let_the_newest_serve, migrations.RunPython.noop)]
