"""The order of the layers: what is read from the imports of every module, so that a wrong one fails at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# A module may import what stands on a lower step; neighbours on one step do not know each other.
ORDER = (
    ("kg.changes", "kg.errors", "kg.model", "kg.pool", "kg.workdays"),
    ("kg.text",),
    ("kg.rules",),
    ("kg.columns", "kg.triggers"),
    ("kg.readers", "kg.extract"),
    ("kg.resolve",),
    ("kg.ids",),
    ("kg.graph",),
    ("kg.store",),
    ("kg.check", "kg.counts", "kg.derive", "kg.export", "kg.lineage", "kg.search"),
    ("kg.corrections", "kg.progress"),
    ("kg.refresh",),
    ("kg.output", "kg.show"),
    ("kg.pipeline",),
    ("kg.ingestion",),
    ("kg.demo", "kg.doctor"),
    ("viz",),
    ("api",),
    ("kg.cli",),
)
RANKS = {layer: rank for rank, layers in enumerate(ORDER) for layer in layers}
STAGES = {"kg.readers", "kg.extract", "kg.resolve", "kg.graph"}  # the way of a document
JOINS = {"kg.pipeline", "kg.ingestion"}  # a file to its graph; a graph into a store
STORES = {"kg.store", "ontology"}  # who may know a triple store, or its parser
IMPORTS = (ast.Import, ast.ImportFrom)
OURS = ("kg", "api", "ontology", "queries", "viz")


def _modules() -> dict[str, Path]:
    """Every module of ours by its dotted name."""
    found = {}
    for package in OURS:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = _modules()


def _imports(name: str, path: Path) -> Iterator[tuple[str, int]]:
    """The modules of ours that a module imports, each with its line."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            base = ".".join(part for part in (above, node.module) if part)
            names = [f"{base}.{alias.name}" if f"{base}.{alias.name}" in MODULES else base for alias in node.names]
        else:
            continue
        yield from ((one, node.lineno) for one in names if one.split(".")[0] in OURS)


def _layer(name: str) -> str | None:
    """The layer that a module belongs to; None where the table has no such layer."""
    return next((layer for layer in RANKS if name == layer or name.startswith(layer + ".")), None)


@pytest.mark.parametrize("name", [name for name in MODULES if name != "kg" and name.startswith(("kg", "api"))])
def test_a_module_imports_from_below_only(name: str) -> None:
    layer = _layer(name)
    assert layer, f"{name} has no place in the order of the layers"
    for other, line in _imports(name, MODULES[name]):
        below = _layer(other)
        if below == layer or other == "kg" or below is None:
            continue
        assert RANKS[below] < RANKS[layer], f"{MODULES[name].relative_to(ROOT)}:{line}: {layer} imports {below}"


@pytest.mark.parametrize("name", [name for name in MODULES if _layer(name) not in {None, *JOINS}])
def test_only_the_pipeline_joins_stages(name: str) -> None:
    stages = {layer for other, _ in _imports(name, MODULES[name]) if (layer := _layer(other)) in STAGES} - {_layer(name)}
    # identifiers are made of what resolution calls one thing, and graphs of both
    assert len(stages) <= 1, f"{name} joins {sorted(stages)}"


def test_extraction_never_imports_a_reader() -> None:
    wrong = [
        (name, other)
        for name, path in MODULES.items()
        if _layer(name) == "kg.extract"
        for other, _ in _imports(name, path)
        if _layer(other) == "kg.readers"
    ]
    assert not wrong


@pytest.mark.parametrize("name", ["kg.errors", "kg.model", "ontology"])
def test_the_ground_imports_nothing_of_ours(name: str) -> None:
    if name not in MODULES:
        return  # not built yet
    assert not list(_imports(name, MODULES[name]))


def test_commands_reach_the_stages_through_the_pipeline() -> None:
    reached = {_layer(other) for name in MODULES if _layer(name) == "kg.cli" for other, _ in _imports(name, MODULES[name])}
    assert not reached & STAGES


def test_only_the_stores_know_a_triple_store() -> None:
    wrong = [
        name
        for name, path in MODULES.items()
        if not any(name == room or name.startswith(room + ".") for room in STORES)
        and any("pyoxigraph" in ast.unparse(node) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, IMPORTS))
    ]
    assert not wrong


def test_the_check_sees_a_wrong_import(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("def late():\n    from kg.readers.flat import find_tables\n    return find_tables\n", "utf-8")
    assert list(_imports("kg.extract.wrong", wrong)) == [("kg.readers.flat", 2)]
    assert RANKS["kg.readers"] == RANKS["kg.extract"]
