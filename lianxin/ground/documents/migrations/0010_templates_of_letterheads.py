import django.db.models.deletion
from django.db import migrations, models


def name_letterheads(apps, schema_editor):
    """A template was a body's; its letterhead is there, for without one nothing was issued."""
    letterheads = apps.get_model("documents", "Letterhead").objects.filter(body=models.OuterRef("body"))
    apps.get_model("documents", "Template").objects.update(head=models.Subquery(letterheads.values("pk")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0009_records_of_receptions'),
    ]

    operations = [
        migrations.AddField(
            model_name='template',
            name='head',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='templates', to='documents.letterhead', verbose_name='发文机关'),
        ),
        migrations.RunPython(name_letterheads, migrations.RunPython.noop),
    ]
