"""Work too long for a request: exports, imports, packs. An app registers what it can do in its jobs.py:

    @jobs.job("register.export", needs=[Permission.REGISTER_EXPORT])
    def register_export(job, step):
        pupils = Pupil.objects.visible_to(job.member)
        step(0, len(pupils), "Reading the register")
        return jobs.Result("1,180 pupils", content=..., name="register.csv", content_type="text/csv")

and a view starts it: jobs.start(school_id=..., kind="register.export", params={...}, by=member, title="The register",
form_id=...). The function runs in one transaction of the school, as the person who asked: all of it or nothing.
"""

from dataclasses import dataclass

__all__ = ["Cancelled", "Failed", "Result", "find", "job", "start"]


class Failed(Exception):
    """Raised by a job with a plain sentence for the person who asked; nothing of its writes stays."""


class Cancelled(Exception):
    """Raised by step() when the person has pressed Cancel. A job lets it pass."""


@dataclass(frozen=True)
class Result:
    """What a job made: a sentence, and perhaps one file that is kept for a day."""

    sentence: str = ""
    content: bytes = b""
    name: str = ""
    content_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Kind:
    name: str
    function: object
    needs: tuple  # permissions, checked again when it runs and when the file is fetched


_kinds: dict[str, Kind] = {}


def job(name, *, needs=()):
    """Register the function that does this kind of job: called with the Job and `step(done, of, sentence)`.

    Call step() at least once a minute: it shows progress, hears Cancel, and is the sign of life without which the
    job counts as killed after three minutes.
    """

    def decorate(function):
        if name in _kinds:
            raise ValueError(f"Two functions do the job {name!r}")
        _kinds[name] = Kind(name, function, tuple(needs))
        return function

    return decorate


def find(name):
    """The registered kind; raises LookupError for a job that nobody does."""
    if name not in _kinds:
        raise LookupError(f"No function in any jobs.py does the job {name!r}")
    return _kinds[name]


def start(*, school_id, kind, params, by, title, form_id=None):
    """Write the job in the caller's transaction and ring the bell; returns the Job.

    `form_id` (UUID, made with the form) makes a double click one job: the second start returns the first's. `params`
    are ids and choices, never text about a child. `by` is a member, or an Actor for the system's own work. Raises
    PermissionDenied when the member may not do it.
    """
    from sendhub.kit import actions  # the app registry must be ready

    return actions.start_job(school_id=school_id, kind=kind, params=params, by=by, title=title, form_id=form_id)
