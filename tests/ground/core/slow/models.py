from django.db import models


class Thing(models.Model):
    is_done = models.BooleanField(default=False)
    note = models.TextField(default="")

    def __str__(self):
        return str(self.pk)
