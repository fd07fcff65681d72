"""Every rule proves itself: its examples are matched, its near misses are not, both the way its stage uses it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.columns import column_role
from kg.errors import RuleError
from kg.rules import Rule, load_data, load_rules, pattern
from kg.text import fold, key

KG = Path(__file__).parent.parent / "kg"
FILES = sorted(path.stem for path in (KG / "data").glob("*.toml"))
RULES = [pytest.param(file, rule, id=f"{file}-{rule.name}") for file in FILES for rule in load_rules(file)]
# In these files the first rule that matches some words has them, as their comments say.
FIRST_WINS = {"deadlines", "measures"}


def _matches(rule: Rule, text: str) -> Iterator[re.Match[str]]:
    """Where the rule holds in folded text: by its `use`, and by what may not stand before and behind it."""
    once = None if rule.use == "search" else getattr(rule.regex, rule.use)(text)
    before, behind = rule.extra.get("unless_before"), rule.extra.get("unless_next")
    for match in rule.finditer(text) if rule.use == "search" else [once] if once else []:
        spoken_for = [re.search(before, text[: match.start()])] if before else []
        spoken_for += [re.match(behind, text[match.end() :])] if behind else []
        if not spoken_for or not all(spoken_for):
            yield match


def _holds(file: str, rule: Rule, text: str) -> bool:
    """Whether the rule has some words of the text for itself."""
    if any(text.startswith(prefix) for prefix in rule.extra.get("prefixes", ())):
        return True
    taken = []
    for earlier in load_rules(file) if file in FIRST_WINS else ():
        if earlier.name == rule.name:
            break
        taken += [match.span() for match in _matches(earlier, text)]
    return any(not any(a < match.end() and match.start() < b for a, b in taken) for match in _matches(rule, text))


@pytest.mark.parametrize(("file", "rule"), RULES)
def test_a_rule_matches_its_examples(file: str, rule: Rule) -> None:
    assert rule.examples, "a rule needs an example"
    missed = [example for example in rule.examples if not _holds(file, rule, fold(example).text)]
    assert not missed


@pytest.mark.parametrize(("file", "rule"), RULES)
def test_a_rule_leaves_its_near_misses(file: str, rule: Rule) -> None:
    assert rule.near_misses, "a rule needs a near miss"
    matched = [miss for miss in rule.near_misses if _holds(file, rule, fold(miss).text)]
    assert not matched


@pytest.mark.parametrize(("file", "rule"), RULES)
def test_an_example_is_no_near_miss(file: str, rule: Rule) -> None:
    assert not {key(one) for one in rule.examples} & {key(one) for one in rule.near_misses}
    assert len(set(rule.examples)) == len(rule.examples)


# --- the code uses a rule as the rule says ---------------------------------------------------------


def _uses() -> Iterator[tuple[str, str, str, str]]:
    """File, rule and method of every `pattern("file", "rule").method(…)` in the code, and where it stands."""
    for path in sorted(KG.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call)):
                continue
            call = node.value
            named = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if isinstance(call.func, ast.Name) and call.func.id == "pattern" and len(named) == 2:
                yield named[0], named[1], node.attr, f"{path.relative_to(KG)}:{node.lineno}"


@pytest.mark.parametrize(("file", "name", "method", "where"), [pytest.param(*use, id=f"{use[3]}-{use[1]}") for use in _uses()])
def test_the_code_uses_a_rule_as_it_says(file: str, name: str, method: str, where: str) -> None:
    rule = next((rule for rule in load_rules(file) if rule.name == name), None)
    assert rule, f"{where}: {file}.toml has no rule {name}"
    if rule.use != "search":
        assert method == rule.use, f"{where}: {file}.toml says that {name} is used with {rule.use}"


# --- reading rule files ----------------------------------------------------------------------------


def test_macros_are_written_out_also_inside_macros() -> None:
    assert "<" not in pattern("deadlines", "day_before").pattern.replace("(?P<", "").replace("(?<", "")


@pytest.mark.parametrize(
    ("table", "word"),
    [
        pytest.param('[broken]\nregex = "("\n', "compile", id="no-regular-expression"),
        pytest.param('[broken]\nregex = "<nothing>"\n', "compile", id="unknown-macro"),
        pytest.param('[broken]\nregex = "a"\nuse = "find"\n', "use", id="unknown-use"),
    ],
)
def test_a_broken_rule_is_named(table: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine.toml").write_text(table, "utf-8")
    monkeypatch.setattr("kg.rules.resources.files", lambda _: tmp_path)
    load_data.cache_clear()
    load_rules.cache_clear()
    try:
        with pytest.raises(RuleError, match=word) as caught:
            load_rules("mine")
    finally:
        load_data.cache_clear()
        load_rules.cache_clear()
    assert "mine.toml" in str(caught.value)
    assert "broken" in str(caught.value)


# --- columns ------------------------------------------------------------------------------------------

ROLES = load_data("columns")["roles"]


@pytest.mark.parametrize(("role", "names"), [pytest.param(role, names, id=role) for role, names in ROLES.items()])
def test_a_column_name_has_one_role(role: str, names: list[str]) -> None:
    assert {name: column_role(name) for name in names} == dict.fromkeys(names, role)
