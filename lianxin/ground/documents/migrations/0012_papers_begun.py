from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0011_templates_have_no_body'),
    ]

    operations = [
        migrations.AddField(
            model_name='paper',
            name='begun_at',
            field=models.DateTimeField(null=True, verbose_name='开始生成时间'),
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(fields=['unit', 'issued_at'], name='paper_of_unit'),
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(condition=models.Q(('erased_at', None), ('made_at', None)), fields=['issued_at'], name='paper_waiting'),
        ),
    ]
