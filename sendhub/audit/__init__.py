"""Who changed what (history written by triggers) and who looked (the access log)."""

from sendhub.audit.context import SYSTEM, Actor, acting, action, actor_key

__all__ = ["SYSTEM", "Actor", "acting", "action", "actor_key", "log_access"]


def log_access(by, verb, *, school_id, pupil_id=None, why="", request_id="", **detail):
    """Write that `by` looked. `detail` holds ids and counts only."""
    from sendhub.audit.models import AccessLog  # the app registry must be ready

    return AccessLog.objects.create(
        school_id=school_id,
        actor=actor_key(by),
        verb=verb,
        pupil_id=pupil_id,
        why=why,
        detail=detail,
        request_id=request_id,
    )
