"""The registers move to the ground below, with the numbers that were taken."""

from typing import Any

from django.db import migrations


def move(apps: Any, _editor: Any) -> None:
    """Every register with its last number."""
    former, present = apps.get_model("cases", "Register"), apps.get_model("core", "Register")
    present.objects.bulk_create(present(name=one.name, last=one.last) for one in former.objects.all())


def move_back(apps: Any, _editor: Any) -> None:
    """The other way: those of cases alone."""
    former, present = apps.get_model("cases", "Register"), apps.get_model("core", "Register")
    theirs = present.objects.exclude(name__contains="〔")  # those of papers stay
    former.objects.bulk_create(former(name=one.name, last=one.last) for one in theirs)
    theirs.delete()


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("core", "0002_register")]

    operations = [
        migrations.RunPython(move, move_back),
        migrations.DeleteModel(name="Register"),
    ]
