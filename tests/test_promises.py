"""Every test that a promise leans on exists."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent
PROMISES = (TESTS / "promises.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`([\w/]+\.py)::(\w+)`", PROMISES)


def test_every_promise_names_tests_and_all_of_them_exist():
    rows = [line for line in PROMISES.splitlines() if "| `" in line]
    assert len(rows) > 30
    missing = [(path, name) for path, name in NAMED if name not in _functions(TESTS / path)]
    assert missing == []


def _functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
