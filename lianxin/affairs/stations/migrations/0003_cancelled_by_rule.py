from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stations', '0002_shifts'),
    ]

    operations = [
        migrations.AddField(
            model_name='shift',
            name='is_cancelled_by_rule',
            field=models.BooleanField(default=False, verbose_name='照规则取消'),
        ),
    ]
