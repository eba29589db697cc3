"""What was purged stays purged: the ledgers of here and of the backup, applied to what came back.

What a purge removes, and what its ledger is made of, is sendhub.desk.rights'; the caller hands its function in.
"""

from django.db import connection

LEDGER = "ledger/purges.jsonl"


def purge_again(folder, living, reapply):
    """Remove from the restored database (Django is logged in to it, as owner, and to its `folder` of files) whoever was
    purged since, by the ledger in the `living` folder and the backup's own of that time. Leaves the joined ledger in
    the restored folder. Gives a sentence."""
    found = [path for path in (living / LEDGER, folder / LEDGER) if path.is_file()]
    if not found:
        return "No purge is on record, neither here nor in the backup."
    number = reapply(connection, ledgers=found)
    join(found, folder / LEDGER)
    known = "here and in the backup" if len(found) == 2 else "here" if living / LEDGER in found else "in the backup"
    words = f"The ledger of purges ({known}) was applied: {number} removed again."
    if living / LEDGER not in found:
        words += " What was purged after the backup is on no ledger here: purge it again by hand."
    return words


def join(found, target):
    """Every line once, in the order of the first time it is seen."""
    lines = dict.fromkeys(line for path in found for line in path.read_text().splitlines() if line.strip())
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.write_text("".join(f"{line}\n" for line in lines))
