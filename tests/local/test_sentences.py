"""What stops a start is said in one plain sentence that tells what to do."""

import os
import shutil
import socket
import stat
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from sendhub.local import place as places
from sendhub.local import process, run, services, supervisor
from sendhub.local.__main__ import main
from sendhub.local.place import PROJECT, Place, Trouble

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def place(tmp_path):
    place = Place(tmp_path / ".local")
    places.prepare(place)
    return place


def test_a_full_disk(place, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(0, 0, 30 * 2**20))
    with pytest.raises(Trouble) as trouble:
        places.prepare(place)
    assert str(trouble.value) == (
        f"The disk that holds {place.root} has 30 MB free and SendHub needs 400 MB: make room and start again."
    )


def test_nobody_else_reads_logs_and_files(place):
    assert {path.name: path.stat().st_mode & 0o777 for path in place.root.iterdir()} == {"log": 0o700, "files": 0o700}


def test_files_of_another_user(place, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: place.root.stat().st_uid + 1)
    with pytest.raises(Trouble) as trouble:
        places.prepare(place)
    assert str(trouble.value) == (
        f"{place.root} holds files of another user (files, log), probably from a start as root: give them back with "
        f"`sudo chown -R $USER {place.root}`."
    )


def test_root_in_somebodys_folder(tmp_path, monkeypatch):
    place = Place(tmp_path / "theirs")
    place.root.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    real = Path.stat
    monkeypatch.setattr(Path, "stat", lambda path, **kw: os.stat_result([*real(path, **kw)[:4], 1000, *real(path)[5:]]))
    with pytest.raises(Trouble, match=r" belongs to the user with number 1000: start as that user, and not as root\.$"):
        places.prepare(place)


def test_lost_keys_are_never_replaced_by_new_ones(place):
    place.postgres.mkdir()
    with pytest.raises(Trouble, match=r"is missing: put back a copy of it, or wipe the data with `make reset`\.$"):
        places.ensure_conf(place)
    place.conf.write_text("{")
    with pytest.raises(Trouble, match=r"cannot be read as JSON"):
        places.ensure_conf(place)
    assert place.conf.read_text() == "{"


def test_a_named_port_in_use(monkeypatch):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(Trouble) as trouble:
            run.listen()
    assert str(trouble.value) == (
        f"Port {port} is in use by another program: stop that one, or choose another port, such as "
        f"`make run PORT={port + 1}`."
    )


@pytest.mark.parametrize("port", ["0", "eight", "65536", "-1"])
def test_a_port_that_is_none(port, monkeypatch):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Trouble, match=f"^PORT is {port}, which is no port: give a number such as 8000"):
        run.listen()


def test_without_a_named_port_the_next_free_one_is_taken(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)
    first, one = run.listen()
    second, two = run.listen()
    first.close()
    second.close()
    assert 8000 <= one < two < 8100


def test_a_command_beside_the_site_makes_links_to_its_port(place):
    conf = places.ensure_conf(place)
    assert places.environment(place, conf)["SENDHUB_URL"] == "http://localhost:8000"
    assert places.environment(place, conf | {"site_port": 8123})["SENDHUB_URL"] == "http://localhost:8123"


def test_a_step_that_fails_gives_its_last_words_and_its_log(place):
    words = ["-c", "raise SystemExit('no such table')"]
    with pytest.raises(Trouble) as trouble:
        run.step(place, "migrate", words, dict(os.environ), "The database could not be brought up to date")
    assert str(trouble.value) == (
        f"The database could not be brought up to date (no such table); {place.log('migrate')} has the whole message."
    )


def test_trouble_is_one_line_without_a_traceback(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SENDHUB_LOCAL", str(tmp_path))
    monkeypatch.setattr(process.signals, "install", lambda: None)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(0, 0, 0))
    assert main(["run"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert main(["dance"]) == 2
    assert capsys.readouterr().err.startswith("Say one of: run, ")


def test_reset_wipes_only_after_a_yes(tmp_path, monkeypatch, capsys):
    root = tmp_path / "data"
    monkeypatch.setenv("SENDHUB_LOCAL", str(root))
    monkeypatch.setattr(process.signals, "install", lambda: None)
    assert main(["reset"]) == 0
    assert capsys.readouterr().out == "There is nothing to wipe.\n"
    (root / "pg").mkdir(parents=True)
    (root / "conf.json").write_text("{}")
    for answer in ("", "no", "y"):
        monkeypatch.setattr("builtins.input", lambda question, answer=answer: answer)
        assert main(["reset"]) == 1
        assert capsys.readouterr().err == "Nothing was wiped.\n"
        assert (root / "pg").exists()
    monkeypatch.setattr("builtins.input", lambda question: " Yes ")
    assert main(["reset"]) == 0
    assert [path.name for path in root.iterdir()] == ["lock"]


def test_reset_refuses_while_it_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SENDHUB_LOCAL", str(tmp_path))
    monkeypatch.setattr(process.signals, "install", lambda: None)
    (tmp_path / "conf.json").write_text("{}")
    lock = process.Lock(tmp_path / "lock")
    assert lock.take()
    assert main(["reset", "--yes"]) == 1
    lock.release()
    assert "SendHub is running from this folder" in capsys.readouterr().err
    assert (tmp_path / "conf.json").exists()


class Dead:
    """A child that never lives longer than a moment."""

    name, started, starts = "worker", 0.0, 0

    def alive(self):
        return False

    def start(self):
        self.starts += 1

    def why(self):
        return "It broke."


def test_a_child_that_keeps_dying_is_tried_ever_more_slowly(place, capsys):
    keeper = supervisor.Supervisor(place)
    child = Dead()
    keeper.children = [child]
    for tenth in range(600):
        keeper.watch_once(now=1 + tenth / 10)
        child.started = 1 + tenth / 10
    assert child.starts == 5  # after 1, 2, 5, 15 and 30 s: in a minute no more
    said = capsys.readouterr().out.splitlines()
    assert said[0] == (
        "The worker process stopped and is started again in 1 s; mail and documents wait until it is back. It broke."
    )
    assert "keeps stopping; tried every 30 s" in said[4]


def test_the_last_line_of_a_log_of_json_is_its_reason(tmp_path):
    for line, words in (
        ('{"error": "ImproperlyConfigured", "why": "SENDHUB_URL is not set."}', "SENDHUB_URL is not set."),
        ('{"message": "Exception in worker process", "error": "KeyError"}', "KeyError"),
        ('{"message": "Booting"}', "Booting"),
        ("12", "12"),
        ("plain", "plain"),
    ):
        (tmp_path / "log").write_text(f"before\n{line}\n\n")
        assert process.last_line(tmp_path / "log") == words


def test_why_a_child_stopped_is_its_last_words_or_the_signal(place):
    words = ["-c", "import sys; sys.exit('no such table')"]
    child = process.Child(place, "worker", [sys.executable, *words])
    child.start()
    child.process.wait()
    assert child.why() == f"{place.log('worker')} says why: no such table"
    child = process.Child(place, "worker", [sys.executable, "-c", "import time; time.sleep(60)"])
    child.start()
    child.process.kill()
    child.process.wait()
    assert child.why() == "SIGKILL ended it."


def test_a_web_process_that_was_killed_gets_its_port_again(place, monkeypatch):
    """The socket is ours for as long as the site runs, whoever holds its number: nobody can take the port meanwhile."""
    monkeypatch.delenv("PORT", raising=False)

    def start():
        server, port = run.listen()
        return port, run.site_children(place, dict(os.environ), server)[0]

    port, web = start()
    answer = "import socket; s = socket.socket(fileno=FD); c = s.accept()[0]; c.send(b'here'); c.close()"
    number = next(word for word in web.command if word.startswith("fd://")).removeprefix("fd://")
    web.command = [sys.executable, "-c", answer.replace("FD", number)]
    for _ in range(2):
        web.start()
        with socket.create_connection(("127.0.0.1", port), timeout=20) as caller:
            assert caller.recv(10) == b"here"
        assert web.process.wait(20) == 0
    web.sockets[0].close()


def test_root_without_user_namespaces_and_a_folder_that_others_cannot_reach(place, monkeypatch):
    monkeypatch.setenv("SENDHUB_LOCAL", str(place.root))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    refused = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr(process, "quick", lambda command, **options: refused)
    with pytest.raises(Trouble, match=r"start as an ordinary user, or move the project to a folder"):
        services.as_user(place)


def script(path, text):
    path.unlink(missing_ok=True)  # a symbolic link would be followed, and the machine's own program overwritten
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def checkout(tmp_path):
    """A checkout with no .venv, and a PATH on which the test decides what the machine has."""
    (tmp_path / "project").mkdir()
    shutil.copytree(PROJECT / "scripts", tmp_path / "project" / "scripts")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("bash", "env", "mkdir", "chmod", "dirname", "cksum", "cat", "grep", "tail", "cut", "awk", "rm", "id"):
        (tools / name).symlink_to(shutil.which(name))
    script(tools / "df", "printf 'head\\n/dev/x 9 9 99000000 1%% /\\n'")
    return tmp_path


def bootstrap(checkout, **environment):
    done = subprocess.run(
        ["scripts/bootstrap.sh", "true"],
        cwd=checkout / "project",
        env={"PATH": str(checkout / "tools"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_an_old_python(checkout):
    script(checkout / "tools" / "python3", 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac')
    assert bootstrap(checkout) == (
        1,
        "SendHub needs Python 3.11 or newer and yours is 3.9.2: install one, or name one with "
        "`make run PYTHON=/path/to/python3.11`.\n",
    )


def test_no_room_for_the_packages(checkout):
    (checkout / "tools" / "python3").symlink_to(sys.executable)
    script(checkout / "tools" / "df", "printf 'head\\n/dev/x 9 9 204800 1%% /\\n'")
    code, said = bootstrap(checkout)
    assert code == 1
    assert said == (
        f"The disk that holds {checkout / 'project'} has 200 MB free and SendHub needs 1500 MB: make room and start "
        "again.\n"
    )


def test_a_library_that_only_root_can_install(checkout):
    """With sudo that asks for a password the command begins with it; without sudo, root has to type it."""
    script(checkout / "tools" / "python3", 'case "$2" in *ensurepip*) exit 1;; *print*) echo 3.11;; esac')
    script(checkout / "tools" / "apt-get", "exit 1")
    script(checkout / "tools" / "id", "echo 1000")
    wanted = "SendHub needs Python's venv module: {} and start again.\n"
    assert bootstrap(checkout) == (1, wanted.format("have root type `apt-get install python3.11-venv`"))
    script(checkout / "tools" / "sudo", "exit 1")
    assert bootstrap(checkout) == (1, wanted.format("type `sudo apt-get install python3.11-venv`"))


def test_root_works_as_the_person_whose_data_they_are(checkout):
    (checkout / "project" / ".local").mkdir()
    script(checkout / "tools" / "id", 'case "$1" in -un) echo ann;; *) echo 0;; esac')
    script(checkout / "tools" / "stat", "echo 1000")
    script(checkout / "tools" / "getent", "echo ann:x:1000:1000::/home/ann:/bin/sh")
    script(checkout / "tools" / "setpriv", 'echo "$@"')
    assert bootstrap(checkout) == (
        0,
        "--reuid=1000 --regid=1000 --clear-groups env HOME=/home/ann scripts/bootstrap.sh true\n"
        "The data here belong to ann, so this runs as them and not as root.\n",
    )


def test_packages_that_cannot_be_fetched(checkout):
    venv = checkout / "project" / ".venv" / "bin"
    venv.mkdir(parents=True)
    script(venv / "python", 'case "$2" in pip) echo "No matching distribution"; exit 1;; esac')
    for name in ("requirements.txt", "requirements-dev.txt"):
        (checkout / "project" / name).write_text("x\n")
    code, said = bootstrap(checkout)
    assert code == 1
    assert said == (
        "The packages of requirements.txt could not be installed (No matching distribution): see to the network or "
        "the disk, and start again; .local/log/pip.log says why.\n"
    )
