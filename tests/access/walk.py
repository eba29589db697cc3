"""Walks the resolver: every URL that the product answers, by name, and the ids that it takes."""

import importlib
import re
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver


@dataclass(frozen=True)
class Address:
    name: str
    route: str
    takes: tuple[str, ...]


def addresses(urlconf):
    """Every named pattern of a urlconf, nested ones included."""
    return list(_walk(importlib.import_module(urlconf).urlpatterns, "", ""))


def _walk(patterns, namespace, route):
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, here)
        elif isinstance(pattern, URLPattern):
            takes = tuple(re.findall(r"<(?:\w+:)?(\w+)>", here)) or tuple(pattern.pattern.regex.groupindex)
            yield Address(f"{namespace}{pattern.name}", here, takes)
