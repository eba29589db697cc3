"""A role more: the data protection lead."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0004_photos'),
    ]

    operations = [
        migrations.AlterField(
            model_name='invitation',
            name='roles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('sendco', 'sendco'), ('assistant_sendco', 'assistant_sendco'), ('send_admin', 'send_admin'), ('teacher', 'teacher'), ('ta', 'ta'), ('leader', 'leader'), ('head', 'head'), ('governor', 'governor'), ('office', 'office'), ('dsl', 'dsl'), ('trust_lead', 'trust_lead'), ('data_lead', 'data_lead')], max_length=20), size=None),
        ),
        migrations.AlterField(
            model_name='invitationevent',
            name='roles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('sendco', 'sendco'), ('assistant_sendco', 'assistant_sendco'), ('send_admin', 'send_admin'), ('teacher', 'teacher'), ('ta', 'ta'), ('leader', 'leader'), ('head', 'head'), ('governor', 'governor'), ('office', 'office'), ('dsl', 'dsl'), ('trust_lead', 'trust_lead'), ('data_lead', 'data_lead')], max_length=20), size=None),
        ),
        migrations.AlterField(
            model_name='membership',
            name='roles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('sendco', 'sendco'), ('assistant_sendco', 'assistant_sendco'), ('send_admin', 'send_admin'), ('teacher', 'teacher'), ('ta', 'ta'), ('leader', 'leader'), ('head', 'head'), ('governor', 'governor'), ('office', 'office'), ('dsl', 'dsl'), ('trust_lead', 'trust_lead'), ('data_lead', 'data_lead')], max_length=20), size=None),
        ),
        migrations.AlterField(
            model_name='membershipevent',
            name='roles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('sendco', 'sendco'), ('assistant_sendco', 'assistant_sendco'), ('send_admin', 'send_admin'), ('teacher', 'teacher'), ('ta', 'ta'), ('leader', 'leader'), ('head', 'head'), ('governor', 'governor'), ('office', 'office'), ('dsl', 'dsl'), ('trust_lead', 'trust_lead'), ('data_lead', 'data_lead')], max_length=20), size=None),
        ),
    ]
