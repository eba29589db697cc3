"""A list's filters under a name. Helper for list pages: the pills above the table."""

from django.db import connection

# Never kept: what someone searched for (it may be a child's name), and where they had turned the page to.
NOT_KEPT = {"q", "page", "csrfmiddlewaretoken"}

__all__ = ["NOT_KEPT", "for_page"]

# In SQL, as it stands on lists that are opened all day: the same by the ORM takes three times as long (measured).
VIEWS = """
SELECT name, query FROM kit_savedview
WHERE school_id = %s AND page = %s AND (owner_id = %s OR shared) ORDER BY name, id
"""


def for_page(member, page):
    """[(name, query)] of the member's own views of this page (a route's name) and of those shared by others, by
    name."""
    with connection.cursor() as cursor:
        cursor.execute(VIEWS, [member.school_id, page, member.pk])
        return cursor.fetchall()
