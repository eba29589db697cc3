"""What must hold before we serve: the login that the app uses may not be one that row security lets through."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

LOGIN_SQL = """
SELECT r.rolsuper, r.rolbypassrls,
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'public' AND c.relowner = r.oid),
       pg_has_role(r.oid, (SELECT oid FROM pg_roles WHERE rolname = 'sendhub_owner'), 'MEMBER')
FROM pg_roles r WHERE r.rolname = session_user
"""


def unsafe_login():
    """What is wrong with the login, in a sentence; "" when row security binds it."""
    with connection.cursor() as cursor:
        cursor.execute(LOGIN_SQL)
        superuser, bypasses, owns, can_own = cursor.fetchone()
    faults = [
        words
        for fault, words in (
            (superuser, "is a superuser"),
            (bypasses, "bypasses row security"),
            (owns, "owns tables"),
            (can_own and not superuser, "can become the owner"),
        )
        if fault
    ]
    if not faults:
        return ""
    return (
        f"The database login {' and '.join(faults)}, so it would see every school's rows. "
        "Log in as sendhub_app (docs/operate.md, 'Database roles')."
    )


def refuse_unsafe_login():
    """Raise ImproperlyConfigured when the login is a superuser, bypasses row security, owns a table or can become
    the owner. Run by the web process and the worker before they take any work."""
    words = unsafe_login()
    connection.close()
    if words:
        raise ImproperlyConfigured(words)
