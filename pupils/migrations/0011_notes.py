
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import sendhub.tenancy
from django.db import migrations, models

from sendhub.tenancy import Protect


class Migration(migrations.Migration):

    dependencies = [
        ('pupils', '0010_away'),
        ('staff', '0004_photos'),
    ]

    operations = [
        migrations.CreateModel(
            name='AboutMe',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('strengths', models.TextField(blank=True, max_length=600, verbose_name='good at')),
                ('matters', models.TextField(blank=True, max_length=600, verbose_name='what matters')),
                ('checked_on', models.DateField(verbose_name='asked on')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='AboutMeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('strengths', models.TextField(blank=True, max_length=600, verbose_name='good at')),
                ('matters', models.TextField(blank=True, max_length=600, verbose_name='what matters')),
                ('checked_on', models.DateField(verbose_name='asked on')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('family', 'A talk with the family'), ('professional', 'A talk with a professional'), ('observation', 'Observation'), ('meeting', 'Meeting'), ('phone', 'Phone call'), ('other', 'Other')], max_length=12)),
                ('on', models.DateField(verbose_name='day it is about')),
                ('text', models.TextField(max_length=20000)),
                ('restricted', models.BooleanField(default=False)),
                ('pinned', models.BooleanField(default=False)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['-pinned', '-on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='NoteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('family', 'A talk with the family'), ('professional', 'A talk with a professional'), ('observation', 'Observation'), ('meeting', 'Meeting'), ('phone', 'Phone call'), ('other', 'Other')], max_length=12)),
                ('on', models.DateField(verbose_name='day it is about')),
                ('text', models.TextField(max_length=20000)),
                ('restricted', models.BooleanField(default=False)),
                ('pinned', models.BooleanField(default=False)),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PupilVoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(blank=True, max_length=2000)),
                ('said_on', models.DateField(verbose_name='day it was said')),
                ('how', models.CharField(choices=[('said', 'Said'), ('written', 'Written'), ('drawn', 'Drawn'), ('symbols', 'With symbols or signs'), ('helped', 'With an adult’s help')], max_length=7)),
                ('still_true_on', models.DateField(verbose_name='still true on')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ['-said_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PupilVoiceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('id', models.BigIntegerField()),
                ('words', models.TextField(blank=True, max_length=2000)),
                ('said_on', models.DateField(verbose_name='day it was said')),
                ('how', models.CharField(choices=[('said', 'Said'), ('written', 'Written'), ('drawn', 'Drawn'), ('symbols', 'With symbols or signs'), ('helped', 'With an adult’s help')], max_length=7)),
                ('still_true_on', models.DateField(verbose_name='still true on')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pupilfile',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pupilfile',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pupilfile',
            name='delete_delete',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilfile',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_pupilfileevent" ("added_at", "added_by_id", "digest", "id", "kind", "lost_on", "name", "note_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "purpose", "removed_by_id", "removed_on", "restricted", "school_id", "size", "stored", "voice_id") VALUES (NEW."added_at", NEW."added_by_id", NEW."digest", NEW."id", NEW."kind", NEW."lost_on", NEW."name", NEW."note_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."purpose", NEW."removed_by_id", NEW."removed_on", NEW."restricted", NEW."school_id", NEW."size", NEW."stored", NEW."voice_id"); RETURN NULL;', hash='b8cc8cd2911ab32cc99756c476665e3a4161f24b', operation='INSERT', pgid='pgtrigger_insert_insert_d4807', table='pupils_pupilfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilfile',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_pupilfileevent" ("added_at", "added_by_id", "digest", "id", "kind", "lost_on", "name", "note_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "purpose", "removed_by_id", "removed_on", "restricted", "school_id", "size", "stored", "voice_id") VALUES (NEW."added_at", NEW."added_by_id", NEW."digest", NEW."id", NEW."kind", NEW."lost_on", NEW."name", NEW."note_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."purpose", NEW."removed_by_id", NEW."removed_on", NEW."restricted", NEW."school_id", NEW."size", NEW."stored", NEW."voice_id"); RETURN NULL;', hash='b4632177a71cfcdd9edad9e8dd0fbd0b43e0fe65', operation='UPDATE', pgid='pgtrigger_update_update_70070', table='pupils_pupilfile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilfile',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_pupilfileevent" ("added_at", "added_by_id", "digest", "id", "kind", "lost_on", "name", "note_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "purpose", "removed_by_id", "removed_on", "restricted", "school_id", "size", "stored", "voice_id") VALUES (OLD."added_at", OLD."added_by_id", OLD."digest", OLD."id", OLD."kind", OLD."lost_on", OLD."name", OLD."note_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."purpose", OLD."removed_by_id", OLD."removed_on", OLD."restricted", OLD."school_id", OLD."size", OLD."stored", OLD."voice_id"); RETURN NULL;', hash='dd96d7e0c54dee68087852dc944438961c722a29', operation='DELETE', pgid='pgtrigger_delete_delete_4c77e', table='pupils_pupilfile', when='AFTER')),
        ),
        migrations.AddField(
            model_name='aboutme',
            name='pupil',
            field=sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='about_me', to='pupils.pupil'),
        ),
        migrations.AddField(
            model_name='aboutme',
            name='school',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school'),
        ),
        migrations.AddField(
            model_name='aboutmeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pupils.aboutme'),
        ),
        migrations.AddField(
            model_name='aboutmeevent',
            name='pupil',
            field=sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil'),
        ),
        migrations.AddField(
            model_name='aboutmeevent',
            name='school',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.school'),
        ),
        migrations.AddField(
            model_name='note',
            name='author',
            field=sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.membership'),
        ),
        migrations.AddField(
            model_name='note',
            name='pupil',
            field=sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='pupils.pupil'),
        ),
        migrations.AddField(
            model_name='note',
            name='school',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school'),
        ),
        migrations.AddField(
            model_name='note',
            name='withdrawn_by',
            field=sendhub.tenancy.SchoolKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.membership'),
        ),
        migrations.AddField(
            model_name='pupilfile',
            name='note',
            field=sendhub.tenancy.SchoolKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='pupils.note'),
        ),
        migrations.AddField(
            model_name='pupilfileevent',
            name='note',
            field=sendhub.tenancy.SchoolKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.note'),
        ),
        migrations.AddField(
            model_name='noteevent',
            name='author',
            field=sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.membership'),
        ),
        migrations.AddField(
            model_name='noteevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pupils.note'),
        ),
        migrations.AddField(
            model_name='noteevent',
            name='pupil',
            field=sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil'),
        ),
        migrations.AddField(
            model_name='noteevent',
            name='school',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.school'),
        ),
        migrations.AddField(
            model_name='noteevent',
            name='withdrawn_by',
            field=sendhub.tenancy.SchoolKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.membership'),
        ),
        migrations.AddField(
            model_name='pupilvoice',
            name='pupil',
            field=sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='voices', to='pupils.pupil'),
        ),
        migrations.AddField(
            model_name='pupilvoice',
            name='school',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.school'),
        ),
        migrations.AddField(
            model_name='pupilvoice',
            name='taken_by',
            field=sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.staffmember'),
        ),
        migrations.AddField(
            model_name='pupilvoice',
            name='withdrawn_by',
            field=sendhub.tenancy.SchoolKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.membership'),
        ),
        migrations.AddField(
            model_name='pupilfile',
            name='voice',
            field=sendhub.tenancy.SchoolKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='pupils.pupilvoice'),
        ),
        migrations.AddField(
            model_name='pupilfileevent',
            name='voice',
            field=sendhub.tenancy.SchoolKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupilvoice'),
        ),
        migrations.AddField(
            model_name='pupilvoiceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='pupils.pupilvoice'),
        ),
        migrations.AddField(
            model_name='pupilvoiceevent',
            name='pupil',
            field=sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='pupils.pupil'),
        ),
        migrations.AddField(
            model_name='pupilvoiceevent',
            name='school',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.school'),
        ),
        migrations.AddField(
            model_name='pupilvoiceevent',
            name='taken_by',
            field=sendhub.tenancy.SchoolKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.staffmember'),
        ),
        migrations.AddField(
            model_name='pupilvoiceevent',
            name='withdrawn_by',
            field=sendhub.tenancy.SchoolKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='staff.membership'),
        ),
        migrations.AddConstraint(
            model_name='aboutme',
            constraint=models.UniqueConstraint(fields=('school', 'pupil'), name='one_about_me'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aboutme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_aboutmeevent" ("checked_on", "id", "matters", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "strengths", "version") VALUES (NEW."checked_on", NEW."id", NEW."matters", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."school_id", NEW."strengths", NEW."version"); RETURN NULL;', hash='7c3323a427ead3f6212dca07a8e4f6322196521c', operation='INSERT', pgid='pgtrigger_insert_insert_75085', table='pupils_aboutme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aboutme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_aboutmeevent" ("checked_on", "id", "matters", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "strengths", "version") VALUES (NEW."checked_on", NEW."id", NEW."matters", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."school_id", NEW."strengths", NEW."version"); RETURN NULL;', hash='9f939d129966cd2dc2be88ccb4908d3eb30a347a', operation='UPDATE', pgid='pgtrigger_update_update_80e59', table='pupils_aboutme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aboutme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_aboutmeevent" ("checked_on", "id", "matters", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "school_id", "strengths", "version") VALUES (OLD."checked_on", OLD."id", OLD."matters", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."school_id", OLD."strengths", OLD."version"); RETURN NULL;', hash='c3f984ecc84d6363674808884d0086f1c27caf9b', operation='DELETE', pgid='pgtrigger_delete_delete_fdaa2', table='pupils_aboutme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aboutmeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='53ffa0e6605fa146251553204b7e8e73bc3c4195', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_16a5a', table='pupils_aboutmeevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['school', 'pupil', '-on'], name='note_by_pupil'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_by__isnull', True), ('withdrawn_on__isnull', True)), models.Q(('withdrawn_by__isnull', False), ('withdrawn_on__isnull', False)), _connector='OR'), name='note_withdrawn_by'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_has_words'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_noteevent" ("author_id", "id", "kind", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinned", "pupil_id", "restricted", "school_id", "text", "version", "withdrawn_by_id", "withdrawn_on", "written_at") VALUES (NEW."author_id", NEW."id", NEW."kind", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."pinned", NEW."pupil_id", NEW."restricted", NEW."school_id", NEW."text", NEW."version", NEW."withdrawn_by_id", NEW."withdrawn_on", NEW."written_at"); RETURN NULL;', hash='7202af34fd30b4b6e68c2cb3f1235f1c58c48e97', operation='INSERT', pgid='pgtrigger_insert_insert_19f42', table='pupils_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_noteevent" ("author_id", "id", "kind", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinned", "pupil_id", "restricted", "school_id", "text", "version", "withdrawn_by_id", "withdrawn_on", "written_at") VALUES (NEW."author_id", NEW."id", NEW."kind", NEW."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."pinned", NEW."pupil_id", NEW."restricted", NEW."school_id", NEW."text", NEW."version", NEW."withdrawn_by_id", NEW."withdrawn_on", NEW."written_at"); RETURN NULL;', hash='1d4ee20f264beb3dfb7ecf0c50315b3a2c5da684', operation='UPDATE', pgid='pgtrigger_update_update_05a3f', table='pupils_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='note',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_noteevent" ("author_id", "id", "kind", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinned", "pupil_id", "restricted", "school_id", "text", "version", "withdrawn_by_id", "withdrawn_on", "written_at") VALUES (OLD."author_id", OLD."id", OLD."kind", OLD."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."pinned", OLD."pupil_id", OLD."restricted", OLD."school_id", OLD."text", OLD."version", OLD."withdrawn_by_id", OLD."withdrawn_on", OLD."written_at"); RETURN NULL;', hash='ebe4c597b5fc0f0f70fbb6e821cc140d26aa3560', operation='DELETE', pgid='pgtrigger_delete_delete_6e377', table='pupils_note', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noteevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cbc7c126554a31a14c4a29ea0300c2b4b33fdf01', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_79119', table='pupils_noteevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='pupilvoice',
            index=models.Index(fields=['school', 'pupil', '-said_on'], name='voice_by_pupil'),
        ),
        migrations.AddConstraint(
            model_name='pupilvoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_by__isnull', True), ('withdrawn_on__isnull', True)), models.Q(('withdrawn_by__isnull', False), ('withdrawn_on__isnull', False)), _connector='OR'), name='voice_withdrawn_by'),
        ),
        migrations.AddConstraint(
            model_name='pupilvoice',
            constraint=models.CheckConstraint(condition=models.Q(('still_true_on__gte', models.F('said_on'))), name='voice_dates'),
        ),
        migrations.AddConstraint(
            model_name='pupilvoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('words', ''), _negated=True), ('how__in', ['drawn', 'symbols']), _connector='OR'), name='voice_has_words'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilvoice',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_pupilvoiceevent" ("how", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "said_on", "school_id", "still_true_on", "taken_by_id", "version", "withdrawn_by_id", "withdrawn_on", "words") VALUES (NEW."how", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."pupil_id", NEW."said_on", NEW."school_id", NEW."still_true_on", NEW."taken_by_id", NEW."version", NEW."withdrawn_by_id", NEW."withdrawn_on", NEW."words"); RETURN NULL;', hash='f14dc6cca8bfc67e64107d1c31ad6c82b822b1a3', operation='INSERT', pgid='pgtrigger_insert_insert_6efbf', table='pupils_pupilvoice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilvoice',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "pupils_pupilvoiceevent" ("how", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "said_on", "school_id", "still_true_on", "taken_by_id", "version", "withdrawn_by_id", "withdrawn_on", "words") VALUES (NEW."how", NEW."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."pupil_id", NEW."said_on", NEW."school_id", NEW."still_true_on", NEW."taken_by_id", NEW."version", NEW."withdrawn_by_id", NEW."withdrawn_on", NEW."words"); RETURN NULL;', hash='eafdcbc0d0b1d82e70e92c142e5eb9a63dd6c3cc', operation='UPDATE', pgid='pgtrigger_update_update_b775e', table='pupils_pupilvoice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilvoice',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "pupils_pupilvoiceevent" ("how", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pupil_id", "said_on", "school_id", "still_true_on", "taken_by_id", "version", "withdrawn_by_id", "withdrawn_on", "words") VALUES (OLD."how", OLD."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."pupil_id", OLD."said_on", OLD."school_id", OLD."still_true_on", OLD."taken_by_id", OLD."version", OLD."withdrawn_by_id", OLD."withdrawn_on", OLD."words"); RETURN NULL;', hash='62d3b5b1aa4ecd057ac8b369aa9732216d99380b', operation='DELETE', pgid='pgtrigger_delete_delete_b4064', table='pupils_pupilvoice', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pupilvoiceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e7a41796623397a98a800a8b872d1f5ff982dfb0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_478f6', table='pupils_pupilvoiceevent', when='BEFORE')),
        ),
        Protect("Note"),
        Protect("NoteEvent", event=True),
        Protect("PupilVoice"),
        Protect("PupilVoiceEvent", event=True),
        Protect("AboutMe"),
        Protect("AboutMeEvent", event=True),
        Protect("PupilFile"),
        Protect("PupilFileEvent", event=True),
    ]
