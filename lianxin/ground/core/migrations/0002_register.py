"""Registers of numbers serve papers too, not cases alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Register",
            fields=[
                ("name", models.CharField(max_length=48, primary_key=True, serialize=False, verbose_name="名称")),
                ("last", models.IntegerField(default=0, verbose_name="最后一个")),
            ],
            options={"verbose_name": "编号簿"},
        ),
    ]
