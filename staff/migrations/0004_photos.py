
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0003_setup'),
    ]

    operations = [
        migrations.AddField(
            model_name='school',
            name='photos',
            field=models.BooleanField(default=False),
        ),
    ]
