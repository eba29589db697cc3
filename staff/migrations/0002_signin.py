import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import sendhub.tenancy
from django.db import migrations, models

from sendhub.tenancy import Protect


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(max_length=254)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('sendco', 'sendco'), ('assistant_sendco', 'assistant_sendco'), ('send_admin', 'send_admin'), ('teacher', 'teacher'), ('ta', 'ta'), ('leader', 'leader'), ('head', 'head'), ('governor', 'governor'), ('office', 'office'), ('dsl', 'dsl'), ('trust_lead', 'trust_lead')], max_length=20), size=None)),
                ('sends', models.PositiveSmallIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('membership', sendhub.tenancy.SchoolKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='staff.membership')),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school')),
                ('staff', sendhub.tenancy.SchoolKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='staff.staffmember')),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='InvitationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(max_length=254)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('sendco', 'sendco'), ('assistant_sendco', 'assistant_sendco'), ('send_admin', 'send_admin'), ('teacher', 'teacher'), ('ta', 'ta'), ('leader', 'leader'), ('head', 'head'), ('governor', 'governor'), ('office', 'office'), ('dsl', 'dsl'), ('trust_lead', 'trust_lead')], max_length=20), size=None)),
                ('sends', models.PositiveSmallIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('membership', sendhub.tenancy.SchoolKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.membership')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='staff.invitation')),
                ('school', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.school')),
                ('staff', sendhub.tenancy.SchoolKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.staffmember')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SchoolIdentityProvider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('google', 'Google'), ('microsoft', 'Microsoft 365')], max_length=10)),
                ('issuer', models.URLField()),
                ('client_id', models.CharField(max_length=191)),
                ('secret', models.TextField()),
                ('secret_set_at', models.DateTimeField()),
                ('domain', models.CharField(blank=True, max_length=120)),
                ('enforces_second_factor', models.BooleanField(default=False)),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school')),
            ],
            options={
                'ordering': ['kind'],
            },
        ),
        migrations.CreateModel(
            name='SchoolIdentityProviderEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('google', 'Google'), ('microsoft', 'Microsoft 365')], max_length=10)),
                ('issuer', models.URLField()),
                ('client_id', models.CharField(max_length=191)),
                ('secret_set_at', models.DateTimeField()),
                ('domain', models.CharField(blank=True, max_length=120)),
                ('enforces_second_factor', models.BooleanField(default=False)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='staff.schoolidentityprovider')),
                ('school', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.school')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(models.F('school'), django.db.models.functions.text.Lower('email'), condition=models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True)), name='one_waiting_invitation'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('roles__len__gt', 0)), name='invitation_has_a_role'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('membership__isnull', True)), models.Q(('accepted_at__isnull', False), ('membership__isnull', False), ('revoked_at__isnull', True)), _connector='OR'), name='invitation_accepted_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_invitationevent" ("accepted_at", "created_at", "email", "id", "membership_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "roles", "school_id", "sends", "staff_id") VALUES (NEW."accepted_at", NEW."created_at", NEW."email", NEW."id", NEW."membership_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."roles", NEW."school_id", NEW."sends", NEW."staff_id"); RETURN NULL;', hash='1fb04c7d38514913f6a519478176662f474e968c', operation='INSERT', pgid='pgtrigger_insert_insert_6bf30', table='staff_invitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "staff_invitationevent" ("accepted_at", "created_at", "email", "id", "membership_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "roles", "school_id", "sends", "staff_id") VALUES (NEW."accepted_at", NEW."created_at", NEW."email", NEW."id", NEW."membership_id", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."roles", NEW."school_id", NEW."sends", NEW."staff_id"); RETURN NULL;', hash='6fcf3ada41411a8c6216c4c3be44478c11f66908', operation='UPDATE', pgid='pgtrigger_update_update_29ab6', table='staff_invitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_invitationevent" ("accepted_at", "created_at", "email", "id", "membership_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "roles", "school_id", "sends", "staff_id") VALUES (OLD."accepted_at", OLD."created_at", OLD."email", OLD."id", OLD."membership_id", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."roles", OLD."school_id", OLD."sends", OLD."staff_id"); RETURN NULL;', hash='d29c92a4bd7ebd3a2f8a9e05bc9e8487f27755ba', operation='DELETE', pgid='pgtrigger_delete_delete_814ac', table='staff_invitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a439c0ee37def9d1a79ca2f918b52e2fba0cf256', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b7510', table='staff_invitationevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='schoolidentityprovider',
            constraint=models.UniqueConstraint(fields=('school', 'kind'), name='one_provider_a_kind'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolidentityprovider',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_schoolidentityproviderevent" ("client_id", "domain", "enforces_second_factor", "id", "issuer", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "secret_set_at") VALUES (NEW."client_id", NEW."domain", NEW."enforces_second_factor", NEW."id", NEW."issuer", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."school_id", NEW."secret_set_at"); RETURN NULL;', hash='1729e7061e9b3eab32b53f265ff8cf7e68056920', operation='INSERT', pgid='pgtrigger_insert_insert_c5f14', table='staff_schoolidentityprovider', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolidentityprovider',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."client_id" IS DISTINCT FROM (NEW."client_id") OR OLD."domain" IS DISTINCT FROM (NEW."domain") OR OLD."enforces_second_factor" IS DISTINCT FROM (NEW."enforces_second_factor") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issuer" IS DISTINCT FROM (NEW."issuer") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."school_id" IS DISTINCT FROM (NEW."school_id") OR OLD."secret_set_at" IS DISTINCT FROM (NEW."secret_set_at"))', func='INSERT INTO "staff_schoolidentityproviderevent" ("client_id", "domain", "enforces_second_factor", "id", "issuer", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "secret_set_at") VALUES (NEW."client_id", NEW."domain", NEW."enforces_second_factor", NEW."id", NEW."issuer", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."school_id", NEW."secret_set_at"); RETURN NULL;', hash='5d082839992719347e31f25a708330c2e6103119', operation='UPDATE', pgid='pgtrigger_update_update_340bd', table='staff_schoolidentityprovider', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolidentityprovider',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "staff_schoolidentityproviderevent" ("client_id", "domain", "enforces_second_factor", "id", "issuer", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_id", "secret_set_at") VALUES (OLD."client_id", OLD."domain", OLD."enforces_second_factor", OLD."id", OLD."issuer", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."school_id", OLD."secret_set_at"); RETURN NULL;', hash='207c7b0fd48fc6339e2081476d1e73cde58e1348', operation='DELETE', pgid='pgtrigger_delete_delete_9624e', table='staff_schoolidentityprovider', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schoolidentityproviderevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a835a0787e894b9d49937cbb24a3706bc3191cb8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_75da3', table='staff_schoolidentityproviderevent', when='BEFORE')),
        ),
        Protect("Invitation"),
        Protect("InvitationEvent", event=True),
        Protect("SchoolIdentityProvider"),
        Protect("SchoolIdentityProviderEvent", event=True),
    ]
