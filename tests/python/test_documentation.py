"""What help() and editors show: every public name explained, and stubs that are what the compiled part has."""

import ast
import inspect
import pydoc
from pathlib import Path

import sojourn
from sojourn import _core

PUBLIC = [getattr(sojourn, name) for name in sojourn.__all__ if name != "errors"]
ERRORS = [kind for name, kind in vars(sojourn.errors).items() if inspect.isclass(kind) and kind.__module__ == "sojourn.errors"]


def test_every_public_name_is_explained():
    for thing in [sojourn, sojourn.errors, *PUBLIC, *ERRORS]:
        assert inspect.getdoc(thing), thing
        for name, member in inspect.getmembers(thing, inspect.isclass(thing) and callable or inspect.isfunction):
            if not name.startswith("_") and getattr(member, "__module__", "").startswith("sojourn"):
                assert inspect.getdoc(member), f"{thing}.{name}"
    for kind in (sojourn.Journey, sojourn.Result, sojourn.Comparison, sojourn.Calibration):
        for name, member in vars(kind).items():
            if isinstance(member, property):
                assert inspect.getdoc(member), f"{kind}.{name}"
    page = pydoc.plain(pydoc.render_doc(sojourn))
    for word in ("load", "compare", "InputError", "points", "hours"):
        assert word in page


def test_all_errors_are_listed_where_they_are_explained():
    for kind in ERRORS:
        if not kind.__name__.startswith("_") and kind is not sojourn.Problem:
            assert f"    {kind.__name__} " in sojourn.errors.__doc__ + " " or f"{kind.__name__}\n" in sojourn.errors.__doc__, kind
            assert issubclass(kind, (sojourn.SojournError, sojourn.SojournWarning))


def test_every_function_says_what_it_takes_and_gives():
    for thing in [sojourn.load, sojourn.loads, sojourn.check, *(vars(sojourn.Journey)[name] for name in (
            "set", "scale", "shift", "remove", "add", "change", "run", "solve", "compare", "calibrate", "at", "addresses_of"))]:
        signature = inspect.signature(thing)
        assert signature.return_annotation is not inspect.Signature.empty, thing
        for name, parameter in signature.parameters.items():
            assert name == "self" or parameter.annotation is not inspect.Parameter.empty, f"{thing}: {name}"
            assert parameter.kind is not inspect.Parameter.VAR_KEYWORD, f"{thing}: {name}"


def members(body):
    return {node.name if hasattr(node, "name") else node.target.id for node in body
            if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AnnAssign))}


def test_stubs_are_what_the_compiled_part_has():
    stub = ast.parse((Path(sojourn.__file__).parent / "_core.pyi").read_text(encoding="utf-8"))

    def shown(thing):
        return {name for name in vars(thing) if not name.startswith("_")}

    assert members(stub.body) == shown(_core)
    for node in stub.body:
        if isinstance(node, ast.ClassDef):
            assert members(node.body) - {"__init__"} == shown(getattr(_core, node.name)), node.name
    assert (Path(sojourn.__file__).parent / "py.typed").is_file()
    compile((Path(sojourn.__file__).parent / "_core.pyi").read_text(encoding="utf-8"), "_core.pyi", "exec")
