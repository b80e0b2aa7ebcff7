from django.db import migrations, models


def fill(apps, schema_editor):
    thing = apps.get_model("slow", "Thing")
    thing.objects.bulk_create(thing() for _number in range(40))


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            "Thing",
            [("id", models.BigAutoField(primary_key=True)), ("is_done", models.BooleanField(default=False))],
        ),
        migrations.RunPython(fill),
    ]
