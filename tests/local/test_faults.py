"""The embedded services survive what people and machines do to them, and leave no process behind."""

import json
import os
import signal
import socket

import psutil
import psycopg
import pytest

from tests.local.conftest import Launcher, wait_for

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_every_process(launcher, number):
    launcher.start(ignoring_interrupts=True)
    assert launcher.answers()
    assert launcher.end(number) == 0
    assert launcher.left() == []
    assert "Stopping." in launcher.output
    assert not launcher.place.ledger.exists()


def test_a_second_start_in_the_same_folder_refuses_in_one_sentence(launcher):
    launcher.start()
    before = launcher.place.ledger.read_text()
    code, said = launcher.say("services", "--run")
    assert code == 1
    assert said == (
        f"SendHub is already running from this folder ({launcher.place.root}): use that one, or stop it with Ctrl-C "
        "where it runs.\n"
    )
    assert launcher.place.ledger.read_text() == before
    assert launcher.answers()


def test_a_second_folder_runs_beside_the_first(launcher, tmp_path):
    launcher.start()
    other = Launcher(tmp_path)
    try:
        other.start()
        assert launcher.answers()
        assert other.answers()
        mine, theirs = launcher.conf(), other.conf()
        ports = {conf[name] for conf in (mine, theirs) for name in ("postgres_port", "redis_port")}
        assert len(ports) == 4
    finally:
        other.end(signal.SIGINT)
    assert other.left() == []
    assert launcher.answers()


def test_a_killed_launcher_takes_its_children_along_and_the_data_stay(launcher):
    launcher.start()
    launcher.sql("CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('here')")
    launcher.end(signal.SIGKILL)
    wait_for(lambda: launcher.left() == [])
    launcher.start()
    assert launcher.sql("SELECT word FROM kept") == ["here"]
    launcher.sql("DROP TABLE kept")


def test_after_everything_was_killed_the_next_start_heals(launcher):
    launcher.start()
    launcher.sql("CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('here')")
    for process in launcher.left():
        process.send_signal(signal.SIGKILL)
    launcher.process.wait(10)
    wait_for(lambda: launcher.left() == [])
    assert (launcher.place.postgres / "postmaster.pid").exists()
    launcher.start()
    assert launcher.sql("SELECT word FROM kept") == ["here"]
    launcher.sql("DROP TABLE kept")


def test_a_child_that_outlived_a_killed_launcher_is_ended_by_the_next_start(launcher):
    """As where the kernel has no death signal: the ledger alone has to find it."""
    launcher.start()
    postgres = next(process for process in launcher.left() if process.name() == "postgres")
    postgres.suspend()  # a stopped process does not act on the death signal
    launcher.end(signal.SIGKILL)
    assert postgres.is_running()
    launcher.start()
    assert not postgres.is_running() or postgres.status() == psutil.STATUS_ZOMBIE
    assert launcher.answers()


@pytest.mark.parametrize("name", ["postgres", "valkey-server"])
def test_a_killed_child_is_said_and_started_again(launcher, name):
    launcher.start()
    ledger = [pid for pid, _ in json.loads(launcher.place.ledger.read_text())]
    victim = next(psutil.Process(pid) for pid in ledger if psutil.Process(pid).name() == name)
    victim.kill()
    wait_for(lambda: "stopped and is started again in 1 s" in launcher.output)
    wait_for(launcher.answers)
    assert launcher.output.count("is started again") == 1


def test_a_stale_pid_file_that_names_another_process_does_not_stop_postgres(launcher):
    launcher.start()
    launcher.end(signal.SIGINT)
    pid_file = launcher.place.postgres / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{launcher.place.postgres}\n1\n5432\n\n127.0.0.1\n\n")
    launcher.start()
    assert launcher.answers()


def test_a_crash_before_the_roles_were_made_is_made_good(launcher):
    launcher.start()
    launcher.sql("DROP DATABASE sendhub", "DROP ROLE sendhub_owner", "DROP ROLE sendhub_app")
    launcher.end(signal.SIGINT)
    (launcher.place.root / "pg.new").mkdir()
    (launcher.place.root / "pg.new" / "half").touch()
    launcher.start()
    roles = launcher.sql("SELECT rolname FROM pg_roles WHERE rolname LIKE 'sendhub%' ORDER BY 1")
    assert roles == ["sendhub_app", "sendhub_backup", "sendhub_owner"]
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'sendhub'"
    assert launcher.sql(owner) == ["sendhub_owner"]


def test_the_roles_may_do_what_their_names_say_and_no_more(launcher):
    launcher.start()
    rights = launcher.sql(
        "SELECT concat_ws(' ', rolname, CASE WHEN rolsuper THEN 'super' END, CASE WHEN rolcreatedb THEN 'createdb' END,"
        " CASE WHEN rolcreaterole THEN 'createrole' END, CASE WHEN rolbypassrls THEN 'bypassrls' END)"
        " FROM pg_roles WHERE rolname LIKE 'sendhub%' ORDER BY 1"
    )
    assert rights == ["sendhub_app", "sendhub_backup bypassrls", "sendhub_owner createdb"]


def test_a_port_that_was_taken_meanwhile_is_replaced(launcher):
    launcher.start()
    before = launcher.conf()["postgres_port"]
    launcher.end(signal.SIGINT)
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", before))
        squatter.listen()
        launcher.start()
        assert launcher.conf()["postgres_port"] != before
        assert launcher.answers()


def test_a_command_starts_services_for_its_own_time_and_joins_running_ones(launcher):
    ask = "import os; print(os.environ['SENDHUB_DB_PORT'], os.environ['SENDHUB_REDIS_URL'])"
    words = ["command", "--run", "python", "-c", ask]
    code, alone = launcher.say(*words)
    assert code == 0
    assert launcher.left() == []
    launcher.start()
    code, joined = launcher.say(*words)
    assert code == 0
    assert joined == alone
    assert launcher.answers()
    assert launcher.say("command", "--run", "python", "-c", "raise SystemExit(7)") == (7, "")


def test_an_error_leaves_no_row_in_the_servers_log(launcher):
    launcher.start()
    launcher.sql("CREATE TABLE once (word text PRIMARY KEY)", "INSERT INTO once VALUES ('Thornton')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        launcher.sql("INSERT INTO once VALUES ('Thornton')")
    launcher.sql("DROP TABLE once")
    said = launcher.place.log("postgres").read_text()
    assert "duplicate key value violates unique constraint" in said
    assert "Thornton" not in said


def test_secrets_are_for_the_owner_only_and_on_no_command_line(launcher):
    launcher.start()
    conf = launcher.conf()
    secrets = [conf[name] for name in ("superuser", "owner", "app", "backup", "redis", "secret_key", "field_keys")]
    assert len(set(secrets)) == 7
    assert all(len(secret) > 20 for secret in secrets)
    assert launcher.place.conf.stat().st_mode & 0o777 == 0o600
    assert (launcher.place.root / "valkey.conf").stat().st_mode & 0o777 == 0o600
    assert launcher.place.root.stat().st_mode & 0o777 == 0o700
    words = [word for process in launcher.left() for word in process.cmdline()]
    assert not [word for word in words for secret in secrets if secret in word]
    conninfo = f"host=127.0.0.1 port={conf['postgres_port']} dbname=sendhub user=sendhub_app password=wrong"
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(conninfo)
