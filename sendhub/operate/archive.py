"""What is inside a backup, as a tar that anybody can unpack: database/00001 ..., files/..., manifest.json at the end.

The database comes in pieces because a tar must know each size beforehand and a dump does not. By hand:
`age --decrypt -i KEY FILE | tar -x`, then `cat database/* | pg_restore ...`.
"""

import hashlib
import io
import json
import tarfile
from pathlib import PurePosixPath

from sendhub.operate.trouble import Trouble

PIECE = 4 * 1024 * 1024
DATABASE, FILES, MANIFEST = "database/", "files/", "manifest.json"


class Counted:
    """Reads through to `stream` and keeps the size and the hash of what went by."""

    def __init__(self, stream):
        self.stream, self.size, self.hash = stream, 0, hashlib.sha256()

    def read(self, number=-1):
        data = self.stream.read(number)
        self.size += len(data)
        self.hash.update(data)
        return data

    @property
    def facts(self):
        return {"bytes": self.size, "sha256": self.hash.hexdigest()}


class Writer:
    """Adds to a tar that goes out as it is made."""

    def __init__(self, out):
        self.tar = tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115  ended by its manifest

    def member(self, name, size, stream):
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        self.tar.addfile(info, stream)

    def database(self, stream):
        """A stream of unknown length, in pieces. Gives its size and hash."""
        counted, number = Counted(stream), 0
        while piece := counted.read(PIECE):
            number += 1
            self.member(f"{DATABASE}{number:05}", len(piece), io.BytesIO(piece))
        return counted.facts

    def file(self, name, file, size):
        counted = Counted(file)
        self.member(FILES + name, size, counted)
        return counted.facts

    def abandon(self):
        """It is not finished: the library would otherwise write its end when it is thrown away."""
        self.tar.fileobj.closed = True

    def manifest(self, facts):
        text = json.dumps(facts, indent=1, sort_keys=True).encode()
        self.member(MANIFEST, len(text), io.BytesIO(text))
        self.tar.close()


def members(reader):
    """Each (name, stream) of the tar in its order. Raises Trouble where it is no such tar."""
    try:
        with tarfile.open(fileobj=reader, mode="r|") as tar:
            for info in tar:
                if not info.isfile():
                    raise Trouble(f"The backup holds {info.name!r}, which is no file: it was not made by this program.")
                yield info.name, tar.extractfile(info)
    except tarfile.TarError:
        raise Trouble("What the key opened is no backup of this program, or it stops half-way.") from None


def inside(folder, name):
    """Where a file of the backup belongs. Raises Trouble for a name that leads out of the folder."""
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts:
        raise Trouble(f"The backup names a file outside its folder ({name!r}): nothing of it was kept.")
    return folder.joinpath(*parts)
