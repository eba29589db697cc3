"""Links from a school's pages to pages outside any school (account, reading and display, choose a school).

Inside /s/<school>/ every plain link keeps the school; this is the one way out.
"""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix


def outside(name, *args):
    """The address of `name` in the root URLs, without the school's prefix. Raises NoReverseMatch."""
    return _outside(settings.ROOT_URLCONF, name, args)


@lru_cache(maxsize=512)  # the same few links stand on every page
def _outside(urlconf, name, args):
    before = get_script_prefix()
    set_script_prefix("/")
    try:
        return reverse(name, urlconf=urlconf, args=args)
    finally:
        set_script_prefix(before)
