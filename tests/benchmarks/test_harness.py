import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from benchmarks.harness import Figure, paired, paired_commands

HERE = Path(__file__).parent


def test_a_ratio_compares_like_with_like():
    ratio = paired(lambda: time.sleep(0.02), lambda: time.sleep(0.005), rounds=5)
    assert 2 < ratio.value < 6
    assert ratio.speed == pytest.approx(1 / ratio.value)
    assert 0.02 <= ratio.ours < 0.2


def test_both_sides_run_equally_often_and_take_turns_at_going_first():
    order = []
    paired(lambda: order.append("ours"), lambda: order.append("theirs"), rounds=2)
    assert order == ["ours", "theirs", "ours", "theirs", "theirs", "ours"]


def test_commands_are_measured_and_a_failing_one_is_told():
    python = [sys.executable, "-c"]
    assert paired_commands([*python, "pass"], [*python, "pass"], rounds=1).ours > 0
    with pytest.raises(RuntimeError, match="ended with 3: out of order"):
        paired_commands([*python, "import sys; print('out of order'); sys.exit(3)"], [*python, "pass"])


@pytest.mark.parametrize(
    ("ratio", "direction", "kept"),
    [(1.5, "at most", True), (1.51, "at most", False), (1.5, "at least", True), (1.49, "at least", False)],
)
def test_a_limit_holds_on_its_own_side(ratio, direction, kept):
    assert Figure("f", ratio, 1.5, direction).kept is kept


def bench(folder, figure, *arguments):
    for name in ("harness.py", "__main__.py"):
        shutil.copy(HERE / name, folder)
    (folder / "bench_sample.py").write_text(
        f"from harness import Figure\ndef figures():\n    yield Figure({figure})\n", "utf-8"
    )
    return subprocess.run(
        [sys.executable, "-X", "utf8", folder, *arguments], capture_output=True, encoding="utf-8", check=False
    )


def test_bench_prints_every_figure_and_passes_when_all_are_kept(tmp_path):
    answer = bench(tmp_path, "'协议书 PDF', 1.234, 1.5, 'at most', '3 s : 2 s'")
    assert answer.returncode == 0
    assert "协议书 PDF  1.23 ×    at most 1.5  kept  3 s : 2 s" in answer.stdout
    assert "1 kept, 0 missed" in answer.stdout


def test_bench_fails_when_a_limit_is_missed(tmp_path):
    answer = bench(tmp_path, "'sealing', 0.1, 0.15, 'at least'")
    assert answer.returncode == 1
    assert "MISSED" in answer.stdout


def test_bench_fails_when_it_measures_nothing(tmp_path):
    assert bench(tmp_path, "'sealing', 1, 0.15, 'at least'", "no-such-benchmark").returncode == 1
