"""A stream that is encrypted (age) on its way to a file, and one that is decrypted on its way back.

The library pulls, our tar pushes: a pipe and a thread stand between, so that nothing is held whole in memory.
"""

import os
import threading
from contextlib import contextmanager, suppress

import pyrage

from sendhub.operate.trouble import Trouble

BROKEN = "{} is cut off or has been changed since it was made: nothing of it was kept. Take another backup's file."


def recipient_of(text):
    """The public key. Raises Trouble where it is none."""
    if not text:
        raise Trouble(
            "SENDHUB_BACKUP_KEY is empty, so there is no key to lock a backup with: make a pair with "
            "`manage.py backup --make-key`."
        )
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise Trouble("SENDHUB_BACKUP_KEY is no public key: it begins with age1, as --make-key prints it.") from None


def identities_of(path):
    """The private keys in a file: lines that begin with AGE-SECRET-KEY-1, comments between them."""
    try:
        lines = [line.strip() for line in path.read_text().splitlines()]
    except (OSError, UnicodeDecodeError):
        raise Trouble(f"The key file {path} cannot be read.") from None
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET-KEY-1")]
    except pyrage.IdentityError:
        raise Trouble(f"A key in {path} is cut off or mistyped.") from None
    if not found:
        raise Trouble(f"{path} holds no private key: a line of it begins with AGE-SECRET-KEY-1.")
    return found


class Target:
    """The file that is written to. It remembers the system's own error, of which the library keeps the text only."""

    def __init__(self, file):
        self.file, self.error = file, None

    def write(self, data):
        try:
            return self.file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self):
        self.file.flush()


def beside(work, mine, theirs):
    """Run `work` in a thread that closes its end (`mine`) whatever happens, so that nobody waits for it; gives a
    function that closes ours, waits, and returns the thread's error or None."""
    errors = []

    def run():
        try:
            with mine:
                work()
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()

    def end():
        with suppress(BrokenPipeError):  # the thread has gone, and its error says why
            theirs.close()
        thread.join()
        return errors[0] if errors else None

    return end


def pipe():
    reader, writer = os.pipe()
    return os.fdopen(reader, "rb"), os.fdopen(writer, "wb", buffering=1 << 20)


@contextmanager
def sealing(file, recipient):
    """Gives what one writes to; it arrives in `file` encrypted. Raises the OSError of a full disk."""
    reader, writer = pipe()
    target = Target(file)
    end = beside(lambda: pyrage.encrypt_io(reader, target, [recipient]), reader, writer)
    try:
        yield writer
    except BaseException:
        end()
        if target.error:
            raise target.error from None
        raise
    if error := end():
        raise target.error or error


@contextmanager
def opening(path, identities):
    """Gives what one reads from: the file's content, decrypted and known to be as it was written, piece by piece.

    Raises Trouble for a wrong key and for a file that is cut off or changed, whatever the reader made of it.
    """
    reader, writer = pipe()
    with open(path, "rb") as file:
        end = beside(lambda: pyrage.decrypt_io(file, writer, identities), writer, reader)
        try:
            yield reader
            drained(reader)
        except BaseException as error:
            raise trouble_of(end(), path) or error from None
        if trouble := trouble_of(end(), path):
            raise trouble


def drained(reader):
    """Read to the end, which is where a missing last piece shows."""
    while reader.read(1 << 20):
        pass


def trouble_of(error, path):
    """The thread's error as a sentence; None where it only lost its reader."""
    if error is None or isinstance(error, BrokenPipeError) or "Broken pipe" in str(error):
        return None
    if isinstance(error, pyrage.DecryptError) and "No matching keys" in str(error):
        return Trouble(f"This key does not open {path.name}: it was locked to another one.")
    return Trouble(BROKEN.format(path.name))
