"""What a family says is wrong, and records whose use is restricted."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import sendhub.tenancy
from django.db import migrations, models

from sendhub.tenancy import Protect


class Migration(migrations.Migration):

    dependencies = [
        ('pupils', '0011_notes'),
        ('staff', '0005_data_lead'),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(max_length=120, verbose_name='which fact')),
                ('said', models.TextField(max_length=2000, verbose_name='what they say')),
                ('said_by', models.CharField(max_length=120)),
                ('said_on', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('changed', 'We changed it'), ('kept', 'We keep it as it is'), ('part', 'We changed a part of it')], max_length=7)),
                ('why', models.TextField(blank=True, max_length=1000, verbose_name='why')),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('pupil', sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='pupils.pupil')),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school')),
            ],
            options={
                'ordering': ['-said_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='CorrectionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('about', models.CharField(max_length=120, verbose_name='which fact')),
                ('said', models.TextField(max_length=2000, verbose_name='what they say')),
                ('said_by', models.CharField(max_length=120)),
                ('said_on', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('changed', 'We changed it'), ('kept', 'We keep it as it is'), ('part', 'We changed a part of it')], max_length=7)),
                ('why', models.TextField(blank=True, max_length=1000, verbose_name='why')),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pupils.correction')),
                ('pupil', sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.school')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('pupil', sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='restrictions', to='pupils.pupil')),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school')),
                ('set_by', sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.membership')),
            ],
            options={
                'ordering': ['-starts_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='RestrictionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pupils.restriction')),
                ('pupil', sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('school', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.school')),
                ('set_by', sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.membership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['school', 'pupil'], name='correction_by_pupil'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('outcome', '')), models.Q(('decided_on__gte', models.F('said_on')), ('decided_on__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='correction_decided'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'changed']), models.Q(('why', ''), _negated=True), _connector='OR'), name='correction_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_correctionevent" ("about", "decided_on", "id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "said", "said_by", "said_on", "school_id", "version", "why") VALUES (NEW."about", NEW."decided_on", NEW."id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."said", NEW."said_by", NEW."said_on", NEW."school_id", NEW."version", NEW."why"); RETURN NULL;', hash='a4fd3400fb791a99757f53b9acf75aaccfeb3364', operation='INSERT', pgid='pgtrigger_insert_insert_b8886', table='pupils_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_correctionevent" ("about", "decided_on", "id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "said", "said_by", "said_on", "school_id", "version", "why") VALUES (NEW."about", NEW."decided_on", NEW."id", NEW."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."said", NEW."said_by", NEW."said_on", NEW."school_id", NEW."version", NEW."why"); RETURN NULL;', hash='63bb166ad48b7f9fc97f766915b57cea974a1c2b', operation='UPDATE', pgid='pgtrigger_update_update_97b69', table='pupils_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_correctionevent" ("about", "decided_on", "id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "said", "said_by", "said_on", "school_id", "version", "why") VALUES (OLD."about", OLD."decided_on", OLD."id", OLD."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."said", OLD."said_by", OLD."said_on", OLD."school_id", OLD."version", OLD."why"); RETURN NULL;', hash='fcb359c7a4cccc0c19053cf070ec22ca9d1fb497', operation='DELETE', pgid='pgtrigger_delete_delete_431dc', table='pupils_correction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='correctionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='547a302bed243d6311e6b961397556270acc416c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1d87a', table='pupils_correctionevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='restriction',
            index=models.Index(fields=['school', 'pupil'], name='restriction_by_pupil'),
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('school', 'pupil'), name='one_open_restriction'),
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='restriction_dates'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='restriction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_restrictionevent" ("ends_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "reason", "school_id", "set_by_id", "starts_on") VALUES (NEW."ends_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."reason", NEW."school_id", NEW."set_by_id", NEW."starts_on"); RETURN NULL;', hash='b7e94439df11b7430f670aaa336a8439927e75a4', operation='INSERT', pgid='pgtrigger_insert_insert_629f7', table='pupils_restriction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='restriction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_restrictionevent" ("ends_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "reason", "school_id", "set_by_id", "starts_on") VALUES (NEW."ends_on", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."reason", NEW."school_id", NEW."set_by_id", NEW."starts_on"); RETURN NULL;', hash='b2de21fe4620474757564d353c86adb2738296f9', operation='UPDATE', pgid='pgtrigger_update_update_b89bf', table='pupils_restriction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='restriction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_restrictionevent" ("ends_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "reason", "school_id", "set_by_id", "starts_on") VALUES (OLD."ends_on", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."reason", OLD."school_id", OLD."set_by_id", OLD."starts_on"); RETURN NULL;', hash='0141b8f2c7b1c7c653e4f216fd2b35312107dc21', operation='DELETE', pgid='pgtrigger_delete_delete_28955', table='pupils_restriction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='restrictionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='29e93f262bf263b57f2a038c6c57c7a7aaae6e6c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4006b', table='pupils_restrictionevent', when='BEFORE')),
        ),
        Protect("Correction"),
        Protect("CorrectionEvent", event=True),
        Protect("Restriction"),
        Protect("RestrictionEvent", event=True),
    ]
