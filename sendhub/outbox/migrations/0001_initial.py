import django.db.models.deletion
from django.db import migrations, models

from sendhub.tenancy import Protect


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('staff', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='DemoMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.CharField(max_length=200)),
                ('to', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('html', models.TextField(blank=True)),
                ('attachments', models.JSONField(default=list)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='OutboxDue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school_id', models.IntegerField()),
                ('message_id', models.BigIntegerField()),
                ('next_try', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school_id', 'message_id'), name='due_once')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('to', models.EmailField(max_length=254)),
                ('template', models.CharField(max_length=60)),
                ('ids', models.JSONField(default=dict)),
                ('policy', models.CharField(choices=[('retry', 'Send again when it is not known whether it arrived'), ('once', 'Never send twice: ask a person')], default='retry', max_length=5)),
                ('state', models.CharField(choices=[('pending', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('uncertain', 'May have arrived'), ('dead', 'Not sent'), ('cancelled', 'No longer needed')], default='pending', max_length=9)),
                ('lease_until', models.DateTimeField(null=True)),
                ('next_try', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('message_id', models.CharField(max_length=200)),
                ('body_hash', models.CharField(blank=True, max_length=64)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('by', models.CharField(max_length=60)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school')),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'state', '-created_at'], name='message_by_state')],
                'constraints': [models.UniqueConstraint(fields=('school', 'key'), name='one_message_a_key'), models.CheckConstraint(condition=models.Q(models.Q(('lease_until__isnull', False), ('state', 'sending')), models.Q(models.Q(('state', 'sending'), _negated=True), ('lease_until__isnull', True)), _connector='OR'), name='message_lease_while_sending'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'pending'), _negated=True), ('next_try__isnull', False), _connector='OR'), name='message_next_try'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='message_sent_at')],
            },
        ),
        Protect("Message"),
        Protect("DemoMail"),
    ]
