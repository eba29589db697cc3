"""The last day of an absent pupil whom somebody marked as having left."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pupils", "0004_two_pupils")]

    operations = [
        migrations.AddField(model_name="importline", name="last_day", field=models.DateField(null=True)),
    ]
