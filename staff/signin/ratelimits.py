"""Counts of tries live in Postgres (a flushed Redis reopens nothing) and outlast the transaction that they were
made in: a view that raises is rolled back, and its count would go with it. So counts are written again after it."""

from contextvars import ContextVar

from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache

PREFIX = "allauth:rl:"
_counted = ContextVar("counted")


class CountCache(DatabaseCache):
    """Django's database cache, which remembers the counts that this request has written."""

    def set(self, key, value, timeout=300, version=None):
        super().set(key, value, timeout, version)
        if key.startswith(PREFIX) and (counted := _counted.get(None)) is not None:
            counted[key] = (list(value), timeout)


def keep_counts(get_response):
    """Write the counts once more when the view raised, outside its transaction."""

    def middleware(request):
        counted = {}
        token = _counted.set(counted)
        try:
            response = get_response(request)
        finally:
            _counted.reset(token)
        if response.status_code >= 500 or getattr(request, "view_raised", False):
            for key, (value, timeout) in counted.items():
                cache.set(key, value, timeout)
        return response

    def process_exception(request, exception):
        request.view_raised = True

    middleware.process_exception = process_exception
    return middleware
