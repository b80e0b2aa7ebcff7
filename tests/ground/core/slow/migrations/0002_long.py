import os
import time
from pathlib import Path

from django.db import migrations, models


def work(apps, schema_editor):
    """Half of it, then a sign, then the rest; slowly where SLOW_SIGN is given."""
    if os.environ.get("SLOW_FAILS"):
        raise ValueError("two things have one number")
    sign = os.environ.get("SLOW_SIGN")
    for number, thing in enumerate(apps.get_model("slow", "Thing").objects.order_by("pk")):
        thing.is_done = True
        thing.save()
        if sign and number == 20:
            Path(sign).touch()
            time.sleep(600)


class Migration(migrations.Migration):
    dependencies = [("slow", "0001_initial")]
    operations = [
        migrations.AddField("Thing", "note", models.TextField(default="")),
        migrations.RunPython(work),
    ]
