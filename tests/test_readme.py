"""What the README says is so: its commands, its pictures and its sentences exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SOURCES = "".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "mediation_desktop").rglob("*.py"))
)


def test_every_sentence_it_quotes_is_said_by_the_program():
    rows = README.partition("### 常见的提示")[2].partition("\n从源代码运行")[0].splitlines()
    quoted = [row.split("|")[2].strip() for row in rows if row.startswith("|") and "。" in row]
    assert len(quoted) > 10
    for sentence in quoted:
        for part in re.findall(r"[^…“”（）：，；。]{5,}", sentence):
            assert part in SOURCES, sentence


def test_every_command_of_the_developers_door_exists():
    door = (ROOT / "dev.py").read_text(encoding="utf-8")
    commands = re.findall(r"`dev\.py (\w+)", README)
    assert {"demo", "run", "lint", "test", "bench", "lock"} <= set(commands)
    for command in commands:
        assert f'"{command}": (' in door


def test_every_picture_and_file_it_points_to_is_there():
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
