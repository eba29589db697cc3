"""Links from a school's pages to pages outside any school (account, reading and display, choose a school).

Inside /s/<school>/ every plain link keeps the school; this is the one way out.
"""

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix


def outside(name, *args):
    """The address of `name` in the root URLs, without the school's prefix. Raises NoReverseMatch."""
    before = get_script_prefix()
    set_script_prefix("/")
    try:
        return reverse(name, urlconf=settings.ROOT_URLCONF, args=args)
    finally:
        set_script_prefix(before)
