"""What a purge removes: everything about one child, in every table, and nothing about anybody else. And that a restore
of an older backup brings nobody back."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from pupils.models import Contact, FamilyLetter, Pupil, PupilAdult
from sendhub import files
from sendhub.audit import SYSTEM, acting, log_access
from sendhub.desk import actions
from sendhub.desk.models import LegalHold, Removal, Tombstone
from sendhub.desk.rights import purge
from sendhub.desk.rights.ledger import ledger_path, lines_of, reapply_purges
from sendhub.desk.rights.reach import Trail, hanging
from sendhub.kit.models import Draft, Operation
from sendhub.outbox.models import DemoMail, Message
from sendhub.tenancy import school_context
from tests.cast import build_cast
from tests.conftest import owner_connection
from tests.desk.rights.everything import everywhere, one_of_everything

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


@pytest.fixture
def owner(db):
    conn = owner_connection()
    yield conn
    conn.close()


def marked(school, key):
    """A child with a marker in every text of every table, and in what points to them without a key. Returns the words
    that nobody else has."""
    pupil, other = school.pupils[key], school.pupils["mei"]
    with school_context(school.school.pk), acting(SYSTEM, "test"):
        name = f"ZQ{key}{school.school.pk}"
        Pupil.objects.filter(pk=pupil.pk).update(forename=name, surname=name, legal_forename=name, sort_name=name)
        Pupil.objects.filter(pk=pupil.pk).update(first_line=f"{name} likes maps")
        pupil.refresh_from_db()
        made = one_of_everything(pupil, school.sendco, other)
        made["pupils.PupilFile"].stored = files.keep(b"%PDF-x", school_id=school.school.pk)
        made["pupils.PupilFile"].removed_on = made["pupils.PupilFile"].removed_by = None
        made["pupils.PupilFile"].save()
        words = [name]
        for row in made.values():
            for column in row._meta.local_concrete_fields:
                value = str(getattr(row, column.attname))
                if value.startswith("MARKER"):
                    words.append(value)
        tie = PupilAdult.objects.filter(pupil=pupil).first()
        letter = FamilyLetter.objects.filter(pupil=pupil).first()
        for number, (template, ids) in enumerate(
            [
                ("pupil_adult", {"tie_id": tie.pk}),
                ("pupil_links", {"tie_ids": [tie.pk, 999]}),
                ("family_notice", {"letter_id": letter.pk}),
            ]
        ):
            key_ = f"<{name}{number}@x>"
            Message.objects.create(
                school=school.school, key=f"{name}{number}", to=f"{name}@example.org", template=template, ids=ids,
                message_id=key_, by="system", state="dead",
            )  # fmt: skip
            DemoMail.objects.create(
                school=school.school, message_id=key_, to="a@example.org", subject="x", text=f"About {name}"
            )
        Draft.objects.create(
            school=school.school, member=school.sendco, form="pupils.first_line", object_id=pupil.pk,
            data={"first_line": [f"{name} draft"]}, saved_at=timezone.now(),
        )  # fmt: skip
        log_access(school.sendco, "pupil.open", school_id=school.school.pk, pupil_id=pupil.pk, why=f"{name} why")
        log_access(school.sendco, "pupil.list", school_id=school.school.pk, ids=[pupil.pk, other.pk])
        Operation.objects.create(
            school=school.school, kind="x", title="2 pupils", by="system", undo_until=timezone.now(),
            kept=[
                ["pupils.Pupil", pupil.pk, pupil.pk, f"{name} stayed"],
                ["pupils.Pupil", other.pk, other.pk, "OTHERSTAYED"],
            ],
        )  # fmt: skip
    return pupil, words


def approve(school, pupil):
    with school_context(school.school.pk), acting(SYSTEM, "test"):
        Removal.objects.filter(pupil=pupil).delete()
        LegalHold.objects.filter(pupil=pupil).delete()
        (removal,) = actions.propose_removals(
            pupils=[pupil], record_types={pupil.pk: "sen_file"}, why="Long over", by=school.head
        )
        actions.approve_removal(removal=removal, by=school.sendco)


def run(*words):
    out = StringIO()
    call_command("purge", *words, stdout=out)
    return out.getvalue()


def rows_of(run_sql, school_id, pupil_id):
    """How many rows of each table of ours are about another child: to see that none of them goes."""
    conn = owner_connection()
    with purge.whole(conn, school_id):
        trail = Trail(conn, school_id, pupil_id)
        found = {model._meta.label: len(trail.now[model]) for model in hanging()}
    conn.close()
    return found


@pytest.fixture
def cast(db):
    return build_cast()


def test_a_purge_leaves_nothing_in_any_table_but_the_tombstone(cast, as_owner):
    pupil, words = marked(cast.oakfield, "gone")
    stored = list((files.path_of("x", school_id=cast.oakfield.school.pk).parent).glob("*"))
    assert len(stored) == 1
    assert "pupils_pupilevent" in everywhere(as_owner, words[0])
    approve(cast.oakfield, pupil)
    said = run("--apply")
    assert "Oakfield Secondary School: one record is removed: " in said
    left = {word: found for word in words if (found := everywhere(as_owner, word))}
    assert left == {}
    assert not stored[0].exists()
    ids = as_owner("SELECT detail->'ids' FROM audit_accesslog WHERE verb = 'pupil.list'")
    assert [row[0] for row in ids] in ([f"[{cast.oakfield.pupils['mei'].pk}]"], [[cast.oakfield.pupils["mei"].pk]])
    assert everywhere(as_owner, "OTHERSTAYED") != []
    with school_context(cast.oakfield.school.pk):
        stone = Tombstone.objects.get()
    assert (stone.rule, stone.first, stone.second) == (
        "SEN file", f"user:{cast.oakfield.head.user_id}", f"user:{cast.oakfield.sendco.user_id}",
    )  # fmt: skip
    assert len(stone.key) == 32
    assert stone.counts["pupils.Pupil"] == 1
    assert str(pupil.pk) not in json.dumps(stone.counts).split('"')


def test_nobody_else_loses_a_row(cast, as_owner):
    theirs, their_words = marked(cast.brook, "gone")
    aisha = cast.oakfield.pupils["aisha"]
    before = rows_of(as_owner, cast.oakfield.school.pk, aisha.pk), rows_of(as_owner, cast.brook.school.pk, theirs.pk)
    pupil, _ = marked(cast.oakfield, "gone")
    approve(cast.oakfield, pupil)
    run("--apply")
    assert (
        rows_of(as_owner, cast.oakfield.school.pk, aisha.pk),
        rows_of(as_owner, cast.brook.school.pk, theirs.pk),
    ) == before
    assert [word for word in their_words if not everywhere(as_owner, word)] == []
    assert as_owner("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'") == [(0,)]


def test_without_apply_it_says_what_would_go_and_removes_nothing(cast, as_owner):
    pupil, words = marked(cast.oakfield, "gone")
    assert "Two people have approved nothing" in run("--apply")
    approve(cast.oakfield, pupil)
    said = run("--school", "oakfield")
    assert "one record would go: " in said
    assert "1 pupils.Pupil" in said
    assert "Nothing was removed. Add --apply" in said
    assert words[0] not in said
    assert "pupils_pupil" in everywhere(as_owner, words[0])
    assert "Two people have approved nothing" in run("--school", "brook", "--apply")
    with pytest.raises(CommandError, match="no school called"):
        run("--school", "nowhere")


def test_a_hold_that_was_set_after_the_approval_blocks_it(cast, as_owner):
    pupil, words = marked(cast.oakfield, "gone")
    approve(cast.oakfield, pupil)
    with school_context(cast.oakfield.school.pk):
        actions.set_hold(pupil=pupil, reason="A claim", by=cast.oakfield.head)
    for option in ([], ["--apply"]):
        assert "one record is under a legal hold. It stays." in run(*option)
    assert "pupils_pupil" in everywhere(as_owner, words[0])
    assert not ledger_path().exists()


def test_only_the_owner_may(cast, settings):
    settings.DB_PASSWORDS = {**settings.DB_PASSWORDS, "owner": ""}
    with pytest.raises(CommandError, match="SENDHUB_DB_PASSWORD_OWNER is not set"):
        run("--apply")


def test_what_fails_half_way_removes_nothing(cast, as_owner, monkeypatch):
    pupil, words = marked(cast.oakfield, "gone")
    approve(cast.oakfield, pupil)

    def full(*_):
        raise OSError("no room")

    monkeypatch.setattr("sendhub.desk.rights.ledger.write_down", full)
    with pytest.raises(OSError, match="no room"):
        run("--apply")
    assert "pupils_pupilevent" in everywhere(as_owner, words[0])
    assert as_owner("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'") == [(0,)]


# --- the ledger ------------------------------------------------------------------------------------------------------
def test_the_ledger_holds_numbers_and_no_name(cast):
    pupil, words = marked(cast.oakfield, "gone")
    approve(cast.oakfield, pupil)
    run("--apply")
    (line,) = lines_of([ledger_path(), ledger_path(), ledger_path().parent / "none.jsonl"])
    assert (line["school"], line["pupil"], line["record_type"]) == (cast.oakfield.school.pk, pupil.pk, "sen_file")
    text = ledger_path().read_text()
    assert not any(word in text for word in words)
    assert ledger_path().stat().st_mode & 0o077 == 0


def test_whom_a_restore_brought_back_is_removed_again_and_nobody_else(cast, as_owner, owner):
    """As a backup of before the purge would: the child, with the history that they had, is there again."""
    pupil, words = marked(cast.oakfield, "gone")
    approve(cast.oakfield, pupil)
    line = {**lines_from_database(owner, cast, pupil), "tombstone": "0" * 32}
    ledger_path().parent.mkdir(parents=True)
    ledger_path().write_text(json.dumps(line) + "\n")
    assert reapply_purges(owner) == 1
    assert [word for word in words if everywhere(as_owner, word)] == []
    assert as_owner("SELECT key FROM desk_tombstone") == [("0" * 32,)]
    assert reapply_purges(owner, ledgers=[ledger_path()]) == 0
    assert as_owner("SELECT count(*) FROM desk_tombstone") == [(1,)]


def test_another_child_who_was_given_the_number_meanwhile_stays(cast, as_owner, owner):
    pupil, words = marked(cast.oakfield, "gone")
    line = {**lines_from_database(owner, cast, pupil), "began": "2001-01-01T00:00:00+00:00", "tombstone": "1" * 32}
    ledger_path().parent.mkdir(parents=True)
    ledger_path().write_text(json.dumps(line) + "\n")
    assert reapply_purges(owner) == 0
    assert "pupils_pupil" in everywhere(as_owner, words[0])


def lines_from_database(owner, cast, pupil):
    with purge.whole(owner, cast.oakfield.school.pk):
        began = purge.began(owner, cast.oakfield.school.pk, pupil.pk)
    return {
        "school": cast.oakfield.school.pk, "pupil": pupil.pk, "began": began, "on": "2026-11-25",
        "record_type": "sen_file", "first": "user:1", "second": "user:2",
    }  # fmt: skip


def test_a_record_that_was_made_part_of_it_goes_too(cast, as_owner):
    pupil, _ = marked(cast.oakfield, "gone")
    with school_context(cast.oakfield.school.pk), acting(SYSTEM, "test"):
        part = cast.oakfield.pupils["leon"]
        Pupil.objects.filter(pk=part.pk).update(merged_into=pupil, first_line="PARTWORDS")
        Contact.objects.filter(pupil=part).update(surname="PARTCONTACT")
    approve(cast.oakfield, pupil)
    run("--apply")
    assert everywhere(as_owner, "PARTWORDS") == []
    assert everywhere(as_owner, "PARTCONTACT") == []
