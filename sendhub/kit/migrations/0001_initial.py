import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import sendhub.tenancy
from django.db import migrations, models

from sendhub.tenancy import Protect


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('staff', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='JobDue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school_id', models.IntegerField()),
                ('job_id', models.BigIntegerField()),
                ('next_look', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('school_id', 'job_id'), name='job_due_once')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=40)),
                ('subject_id', models.BigIntegerField()),
                ('recipient', models.CharField(max_length=254)),
                ('token_hash', models.CharField(max_length=64)),
                ('max_submits', models.PositiveSmallIntegerField(default=1)),
                ('submits', models.PositiveSmallIntegerField(default=0)),
                ('created_by', models.CharField(max_length=60)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school')),
            ],
        ),
        migrations.CreateModel(
            name='LinkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('purpose', models.CharField(max_length=40)),
                ('subject_id', models.BigIntegerField()),
                ('recipient', models.CharField(max_length=254)),
                ('token_hash', models.CharField(max_length=64)),
                ('max_submits', models.PositiveSmallIntegerField(default=1)),
                ('submits', models.PositiveSmallIntegerField(default=0)),
                ('created_by', models.CharField(max_length=60)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='kit.link')),
                ('school', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.school')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('page', models.CharField(max_length=60)),
                ('query', models.CharField(blank=True, max_length=1000)),
                ('shared', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('owner', sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to='staff.membership')),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school')),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SavedViewEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('page', models.CharField(max_length=60)),
                ('query', models.CharField(blank=True, max_length=1000)),
                ('shared', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('owner', sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.membership')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='kit.savedview')),
                ('school', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.school')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=60)),
                ('object_id', models.BigIntegerField(default=0)),
                ('data', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('member', sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='staff.membership')),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school')),
            ],
            options={
                'ordering': ['-saved_at'],
                'constraints': [models.UniqueConstraint(fields=('school', 'member', 'form', 'object_id'), name='one_draft_a_form')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=120)),
                ('params', models.JSONField(default=dict)),
                ('form_id', models.UUIDField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Working'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting', max_length=9)),
                ('done', models.PositiveIntegerField(default=0)),
                ('of', models.PositiveIntegerField(default=0)),
                ('sentence', models.CharField(blank=True, max_length=200)),
                ('cancel_asked', models.BooleanField(default=False)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('by', models.CharField(max_length=60)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('heartbeat_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('file', models.CharField(blank=True, max_length=100)),
                ('file_name', models.CharField(blank=True, max_length=120)),
                ('file_type', models.CharField(blank=True, max_length=100)),
                ('expires_at', models.DateTimeField(null=True)),
                ('member', sendhub.tenancy.SchoolKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.membership')),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school')),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'by', '-created_at'], name='job_by_actor')],
                'constraints': [models.UniqueConstraint(fields=('school', 'form_id'), name='one_job_a_form'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'running'), _negated=True), ('heartbeat_at__isnull', False), _connector='OR'), name='job_heart'), models.CheckConstraint(condition=models.Q(('file', ''), ('expires_at__isnull', False), _connector='OR'), name='job_file_expires')],
            },
        ),
        migrations.AddIndex(
            model_name='link',
            index=models.Index(fields=['school', 'purpose', 'subject_id'], name='link_by_subject'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(fields=('school', 'token_hash'), name='link_token'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(('submits__lte', models.F('max_submits'))), name='link_submits'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('submits', 0), ('submitted_at__isnull', True)), models.Q(('submits__gt', 0), ('submitted_at__isnull', False)), _connector='OR'), name='link_submitted_at'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='link',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "kit_linkevent" ("created_at", "created_by", "expires_at", "id", "max_submits", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recipient", "revoked_at", "school_id", "subject_id", "submits", "submitted_at", "token_hash") VALUES (NEW."created_at", NEW."created_by", NEW."expires_at", NEW."id", NEW."max_submits", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."purpose", NEW."recipient", NEW."revoked_at", NEW."school_id", NEW."subject_id", NEW."submits", NEW."submitted_at", NEW."token_hash"); RETURN NULL;', hash='f3b1271730bcedf65455ab5eb88b616f09f612c6', operation='INSERT', pgid='pgtrigger_insert_insert_67ca4', table='kit_link', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='link',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "kit_linkevent" ("created_at", "created_by", "expires_at", "id", "max_submits", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recipient", "revoked_at", "school_id", "subject_id", "submits", "submitted_at", "token_hash") VALUES (NEW."created_at", NEW."created_by", NEW."expires_at", NEW."id", NEW."max_submits", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."purpose", NEW."recipient", NEW."revoked_at", NEW."school_id", NEW."subject_id", NEW."submits", NEW."submitted_at", NEW."token_hash"); RETURN NULL;', hash='23448eea079eef439d04217a71cf29a84070a06b', operation='UPDATE', pgid='pgtrigger_update_update_f3f21', table='kit_link', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='link',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "kit_linkevent" ("created_at", "created_by", "expires_at", "id", "max_submits", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recipient", "revoked_at", "school_id", "subject_id", "submits", "submitted_at", "token_hash") VALUES (OLD."created_at", OLD."created_by", OLD."expires_at", OLD."id", OLD."max_submits", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."purpose", OLD."recipient", OLD."revoked_at", OLD."school_id", OLD."subject_id", OLD."submits", OLD."submitted_at", OLD."token_hash"); RETURN NULL;', hash='3080052aaa4ed241b8f4956f71ef935b5983f408', operation='DELETE', pgid='pgtrigger_delete_delete_4e09d', table='kit_link', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='linkevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0addc5993375c0f7a392f93c1144021c6ca2525c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dcf0d', table='kit_linkevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('school', 'owner', 'page', 'name'), name='one_view_a_name'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedview',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "kit_savedviewevent" ("created_at", "id", "name", "owner_id", "page", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "school_id", "shared") VALUES (NEW."created_at", NEW."id", NEW."name", NEW."owner_id", NEW."page", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."query", NEW."school_id", NEW."shared"); RETURN NULL;', hash='243c1454a947f34c35e72af34c44e117b7f32906', operation='INSERT', pgid='pgtrigger_insert_insert_d12c7', table='kit_savedview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedview',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "kit_savedviewevent" ("created_at", "id", "name", "owner_id", "page", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "school_id", "shared") VALUES (NEW."created_at", NEW."id", NEW."name", NEW."owner_id", NEW."page", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."query", NEW."school_id", NEW."shared"); RETURN NULL;', hash='0e51723c5466e8971361b56d5b8faf86df55d540', operation='UPDATE', pgid='pgtrigger_update_update_30b7d', table='kit_savedview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedview',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "kit_savedviewevent" ("created_at", "id", "name", "owner_id", "page", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "school_id", "shared") VALUES (OLD."created_at", OLD."id", OLD."name", OLD."owner_id", OLD."page", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."query", OLD."school_id", OLD."shared"); RETURN NULL;', hash='79f3088415ebfd82e91b594fd4ea6f24e4c30496', operation='DELETE', pgid='pgtrigger_delete_delete_2d51f', table='kit_savedview', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='savedviewevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='969a4b50daf1f08f98e4bf6a8e540a9fba759f2d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_af89e', table='kit_savedviewevent', when='BEFORE')),
        ),
        Protect("Job"),
        Protect("Draft"),
        Protect("Link"),
        Protect("SavedView"),
        Protect("LinkEvent", event=True),
        Protect("SavedViewEvent", event=True),
    ]
