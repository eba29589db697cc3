"""The pages for people say what the code does: classes of data, roles, numbers of law, commands, links."""

import io
import re

import pytest
from django.core.management import call_command, get_commands

from sendhub.access import ROLES
from sendhub.desk.management.commands.stored import title
from sendhub.desk.personal import FIELDS, Kind
from sendhub.operate.backup import LONGEST
from sendhub.rules.provisions import CHECKED_ON, provision
from tests.repository.tree import ROOT, kept, text

DATA = "docs/data-protection.md"
PAGES = ["SECURITY.md", *[f"docs/{name}.md" for name in (
    "sendco", "teacher", "ta", "office", "head-and-governor", "operate", "data-protection", "import",
)]]  # fmt: skip


def table_rows(page):
    """The first two cells of each line of a table."""
    cells = [line.strip("| ").split(" | ") for line in text(page).splitlines() if line.startswith("|")]
    return [row[:2] for row in cells if len(row) > 1]


@pytest.mark.parametrize("kind", list(Kind))
def test_each_class_of_data_is_explained_in_its_own_words(kind):
    assert [title(kind), kind.value] in table_rows(DATA)


@pytest.mark.parametrize("row", ROLES.values(), ids=list(ROLES))
def test_each_role_stands_in_who_sees_what(row):
    assert row.title in [cells[0] for cells in table_rows(DATA)]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("sen_file_keep_years", "{} years from the day of birth"),
        ("pupil_file_keep_years", "{} years from the day of birth"),
        ("subject_access_months", "{} month from knowing who asks"),
        ("subject_access_extra_months", "{} more if difficult"),
        ("educational_record_school_days", "{} school days"),
        ("complaint_acknowledge_days", "acknowledged within {} days"),
        ("breach_report_hours", "within {} hours"),
        ("small_number_threshold", "groups under {} are hidden"),
    ],
)
def test_each_number_of_law_is_the_provisions(key, words):
    assert words.format(provision(key, CHECKED_ON).value) in text(DATA)


def test_backups_live_as_long_as_the_page_says():
    assert f"{LONGEST} days at most" in text(DATA)


def test_stored_names_every_field_once():
    out = io.StringIO()
    call_command("stored", stdout=out)
    said = re.findall(r"^- (\S+): (.*)$", out.getvalue(), re.MULTILINE)
    found = sorted(f"{label}.{name}" for label, names in said for name in names.split(", "))
    assert found == sorted(f"{label}.{name}" for label, fields in FIELDS.items() for name in fields)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_leads_to_pages_and_commands_that_are_there(page):
    folder = (ROOT / page).parent
    for link in re.findall(r"\]\(([^)#]+)", text(page)):
        assert link.startswith("http") or (folder / link).exists(), link
    for command in re.findall(r"manage\.py ([a-z_]+)", text(page)):
        assert command in get_commands(), command
    for path in re.findall(r"`((?:tests|sendhub|docs|scripts)/[^` ]*)`", text(page)):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("page", [page for page in PAGES if not page.endswith(("operate.md", "import.md"))])
def test_a_page_for_people_is_short(page):
    assert len(text(page).split()) < 1600
    assert page in kept()
