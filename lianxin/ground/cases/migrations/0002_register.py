"""The registers move to the ground below, with the numbers that were taken."""

from typing import Any

from django.db import migrations


def move(apps: Any, _editor: Any) -> None:
    """Every register with its last number."""
    former, present = apps.get_model("cases", "Register"), apps.get_model("core", "Register")
    present.objects.bulk_create(present(name=one.name, last=one.last) for one in former.objects.all())


def move_back(apps: Any, _editor: Any) -> None:
    """The other way: those of cases alone, whose names were this short."""
    former, present = apps.get_model("cases", "Register"), apps.get_model("core", "Register")
    short = (one for one in present.objects.all() if len(one.name) <= 24)
    former.objects.bulk_create(former(name=one.name, last=one.last) for one in short)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("core", "0002_register")]

    operations = [
        migrations.RunPython(move, move_back),
        migrations.DeleteModel(name="Register"),
    ]
