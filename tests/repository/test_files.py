"""The house's own limits: short files, used templates, nothing unsafe without a reason, nothing but ourselves."""

import re

import pytest

from tests.repository.tree import ROOT, kept, python_files, templates, text

# Where unsafe output is allowed, and why. Everything else escapes.
UNSAFE = {
    "sendhub/many.py": "rows written in one go, every value escaped; tests/look/test_many.py",
    "sendhub/charts": "our own SVG, every text escaped by its builder",
    "sendhub/templatetags/sendhub.py": "icons and chips from our own strings, every text escaped",
}


def test_python_files_are_short():
    assert [name for name in python_files() if text(name).count("\n") > 400] == []


def test_templates_are_short():
    assert [name for name in templates() if text(name).count("\n") > 150] == []


def test_every_python_file_says_what_lives_in_it():
    bare = [
        name
        for name in python_files()
        if text(name).strip()
        and not text(name).removeprefix("#!/usr/bin/env python\n").startswith(('"""', 'r"""'))
        and not name.endswith("apps.py")
    ]
    assert bare == []


def test_every_template_is_used():
    everything = "\n".join(text(name) for name in python_files() + templates())
    named_by_django = re.compile(
        r"templates/(django/|account/|mfa/|usersessions/|socialaccount/|allauth/|\d{3}(_csrf)?\.html)"
    )
    unused = [
        name
        for name in templates()
        if not named_by_django.match(name)
        and name.removeprefix("templates/") not in everything
        and name.removeprefix("templates/").rsplit(".", 1)[0] not in everything
    ]
    assert unused == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"<script(?![^>]*\bsrc=)[^>]*>",
        r"\sstyle=",
        r"\son[a-z]+=\"",
        r"\|\s*safe\b",
        r"hx-on",
        r"https?://(?!localhost)",
    ],
)
def test_no_template_carries_inline_code_or_another_host(pattern):
    allowed = re.compile(r"http://www\.w3\.org/|application/json")
    found = [
        (name, line.strip())
        for name in templates()
        for line in text(name).splitlines()
        if re.search(pattern, line) and not allowed.search(line)
    ]
    assert found == []


def test_unsafe_output_has_a_reason():
    found = {
        name
        for name in python_files()
        if not name.startswith("tests/") and re.search(r"mark_safe|csrf_exempt|\.raw\(|\.extra\(", text(name))
    }
    assert {name for name in found if not name.startswith(tuple(UNSAFE))} == set()


def test_the_project_speaks_of_itself_alone():
    """No registry's address, no path of a machine, nothing left half done."""
    words = [
        "py" + "pi\\.org",
        "python" + "hosted",
        "np" + "mjs",
        "deb\\.deb" + "ian",
        r"(?<![\w}])/wo" + "rk/",
        "TO" + "DO",
    ]
    words += ["FIX" + "ME", "XX" + "X", "coming " + "soon", "raise NotImplemented" + "Error"]
    found = []
    for name in kept():
        if name.endswith((".png", ".xlsx", ".ttf", ".woff2", ".ico", ".pdf")):
            continue
        content = (ROOT / name).read_text(errors="replace")
        found += [(name, word) for word in words if re.search(word, content)]
    assert found == []


def test_the_readmes_tree_is_the_real_tree():
    block = re.search(r"```\n(manage\.py.*?)```", text("README.md"), re.DOTALL)[1]
    drawn = {line.split()[0].rstrip("/") for line in block.splitlines() if line and not line.startswith(" ")}
    hidden = {".gitignore", ".dockerignore", ".env.example", ".ci"}
    real = {name.split("/")[0] for name in kept()} - hidden
    assert drawn == real


@pytest.mark.parametrize("name", ["pyproject.toml"])
def test_each_dependency_gives_its_reason(name):
    block = re.search(r"^dependencies = \[\n(.*?)^\]", text(name), re.DOTALL | re.MULTILINE)[1]
    assert [line for line in block.splitlines() if line.strip().startswith('"') and "#" not in line] == []
