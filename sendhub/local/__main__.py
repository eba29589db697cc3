"""The command line of the embedded default, one word a command; the Makefile is its usual caller."""

import sys

from sendhub.local import commands, process
from sendhub.local.place import Trouble

COMMANDS = {
    "run": commands.run,
    "services": commands.services_only,
    "test": commands.test,
    "manage": commands.manage,
    "bench": commands.bench,
    "command": commands.command,
    "reset": commands.reset,
}


def main(arguments):
    """Exit code: the command's own; 1 after a sentence of Trouble; 130 when stopped half-way."""
    if not arguments or arguments[0] not in COMMANDS:
        print(f"Say one of: {', '.join(COMMANDS)}.", file=sys.stderr)
        return 2
    process.signals.install()
    try:
        return COMMANDS[arguments[0]](arguments[1:]) or 0
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except process.Stop:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
