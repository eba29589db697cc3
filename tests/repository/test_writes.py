"""Every write of a school's row is an action. This walks the syntax tree; the database's trigger is the second net."""

import ast

from tests.repository.tree import python_files, text

WRITES = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update", "delete", "save"}
ACTIONS = ("actions.py", "/actions/")
# Not actions, and why they may write.
ALLOWED = {
    "sendhub/audit/__init__.py": "the access log: written by reads",
    "sendhub/outbox/": "the queue's own states, claimed row by row",
    "sendhub/kit/": "jobs, drafts and links: their own small actions and workers",
    "staff/signin/": "sign-in's own tables: users, factors, sessions",
}


def is_query_write(call):
    """`Model.objects...update(...)`, `thing.save()`, `thing.delete()`: not `{}.update()`, not a response's."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
        return False
    source = ast.unparse(call.func.value)
    if call.func.attr in {"save", "delete"}:
        return not call.args and "session" not in source and "cache" not in source
    return "objects" in source or source.endswith(".all()") or ".filter(" in source


def writes(name):
    tree = ast.parse(text(name))
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and is_query_write(node)]


def test_only_actions_write():
    found = {
        name: writes(name)
        for name in python_files()
        if not name.startswith(("tests/", "bench/", *ALLOWED)) and not any(part in name for part in ACTIONS)
    }
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_the_walk_sees_a_write():
    call = ast.parse("Pupil.objects.filter(pk=1).update(form='9C')").body[0].value
    assert is_query_write(call)
    assert not is_query_write(ast.parse("facts.update(form='9C')").body[0].value)


def test_models_do_not_write():
    """No save() of our own, no signals: what a save does stands in its action."""
    found = []
    for name in python_files():
        if name.startswith("tests/"):
            continue
        for node in ast.walk(ast.parse(text(name))):
            if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"} and "models" in name:
                found.append(f"{name}:{node.lineno} overrides {node.name}")
            if isinstance(node, ast.ImportFrom) and node.module == "django.db.models.signals":
                found.append(f"{name}:{node.lineno} imports signals")
    assert found == []
