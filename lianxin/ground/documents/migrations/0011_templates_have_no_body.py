import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0010_templates_of_letterheads'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='template', name='template_version_once'),
        migrations.RemoveConstraint(model_name='template', name='template_one_in_force'),
        migrations.RemoveField(model_name='template', name='body'),
        migrations.AlterField(
            model_name='template',
            name='head',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='templates', to='documents.letterhead', verbose_name='发文机关'),
        ),
        migrations.AddConstraint(
            model_name='template',
            constraint=models.UniqueConstraint(fields=('head', 'kind', 'version'), name='template_version_once'),
        ),
        migrations.AddConstraint(
            model_name='template',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('head', 'kind'), name='template_one_in_force'),
        ),
    ]
