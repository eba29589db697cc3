
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import sendhub.tenancy
from django.db import migrations, models

from sendhub.tenancy import Protect


class Migration(migrations.Migration):

    dependencies = [
        ('pupils', '0005_last_day_of_who_left'),
        ('staff', '0003_setup'),
    ]

    operations = [
        migrations.CreateModel(
            name='PupilFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('attached', 'Attached'), ('photo', 'Photo')], default='attached', max_length=8)),
                ('name', models.CharField(max_length=90, verbose_name="file's name")),
                ('kind', models.CharField(max_length=4)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('stored', models.CharField(blank=True, max_length=48)),
                ('restricted', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('removed_on', models.DateField(blank=True, null=True)),
                ('lost_on', models.DateField(blank=True, null=True)),
                ('added_by', sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.membership')),
                ('pupil', sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='pupils.pupil')),
                ('removed_by', sendhub.tenancy.SchoolKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.membership')),
                ('school', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='PupilFileEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('purpose', models.CharField(choices=[('attached', 'Attached'), ('photo', 'Photo')], default='attached', max_length=8)),
                ('name', models.CharField(max_length=90, verbose_name="file's name")),
                ('kind', models.CharField(max_length=4)),
                ('size', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('stored', models.CharField(blank=True, max_length=48)),
                ('restricted', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('removed_on', models.DateField(blank=True, null=True)),
                ('lost_on', models.DateField(blank=True, null=True)),
                ('added_by', sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.membership')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pupils.pupilfile')),
                ('pupil', sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil')),
                ('removed_by', sendhub.tenancy.SchoolKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.membership')),
                ('school', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.school')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='pupilfile',
            index=models.Index(fields=['school', 'pupil'], name='file_by_pupil'),
        ),
        migrations.AddConstraint(
            model_name='pupilfile',
            constraint=models.UniqueConstraint(condition=models.Q(('stored', ''), _negated=True), fields=('school', 'stored'), name='file_stored_once'),
        ),
        migrations.AddConstraint(
            model_name='pupilfile',
            constraint=models.UniqueConstraint(condition=models.Q(('purpose', 'photo'), ('removed_on', None)), fields=('school', 'pupil'), name='one_photo'),
        ),
        migrations.AddConstraint(
            model_name='pupilfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('removed_by__isnull', True), ('removed_on__isnull', True)), models.Q(('removed_by__isnull', False), ('removed_on__isnull', False)), _connector='OR'), name='file_removed_by'),
        ),
        migrations.AddConstraint(
            model_name='pupilfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stored', ''), _negated=True), ('removed_on__isnull', False), _connector='OR'), name='file_bytes_there'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilfile',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_pupilfileevent" ("added_at", "added_by_id", "digest", "id", "kind", "lost_on", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "purpose", "removed_by_id", "removed_on", "restricted", "school_id", "size", "stored") VALUES (NEW."added_at", NEW."added_by_id", NEW."digest", NEW."id", NEW."kind", NEW."lost_on", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."purpose", NEW."removed_by_id", NEW."removed_on", NEW."restricted", NEW."school_id", NEW."size", NEW."stored"); RETURN NULL;', hash='091ded009472455e19106960853829292c8cd131', operation='INSERT', pgid='pgtrigger_insert_insert_d4807', table='pupils_pupilfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilfile',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_pupilfileevent" ("added_at", "added_by_id", "digest", "id", "kind", "lost_on", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "purpose", "removed_by_id", "removed_on", "restricted", "school_id", "size", "stored") VALUES (NEW."added_at", NEW."added_by_id", NEW."digest", NEW."id", NEW."kind", NEW."lost_on", NEW."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."purpose", NEW."removed_by_id", NEW."removed_on", NEW."restricted", NEW."school_id", NEW."size", NEW."stored"); RETURN NULL;', hash='ef5f92bac8a62c286344a44fd7e2bab507800fb1', operation='UPDATE', pgid='pgtrigger_update_update_70070', table='pupils_pupilfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilfile',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_pupilfileevent" ("added_at", "added_by_id", "digest", "id", "kind", "lost_on", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "purpose", "removed_by_id", "removed_on", "restricted", "school_id", "size", "stored") VALUES (OLD."added_at", OLD."added_by_id", OLD."digest", OLD."id", OLD."kind", OLD."lost_on", OLD."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."purpose", OLD."removed_by_id", OLD."removed_on", OLD."restricted", OLD."school_id", OLD."size", OLD."stored"); RETURN NULL;', hash='3ff2c6cd2ae4e7407d5ac0e448dba2d7c6a4525d', operation='DELETE', pgid='pgtrigger_delete_delete_4c77e', table='pupils_pupilfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilfileevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='408589caa5436af52eea9a650290d94cc0e4d0b3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_76302', table='pupils_pupilfileevent', when='BEFORE')),
        ),
        Protect("PupilFile"),
        Protect("PupilFileEvent", event=True),
    ]
