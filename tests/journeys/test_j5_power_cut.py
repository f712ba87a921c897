"""J5: the power is cut in the middle of a record; after the next start the draft is there."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from desks import KEY, make_desk

from mediation_desktop.app import Program
from mediation_desktop.services.office import open_with_key

HERE = Path(__file__).parent
TEXT = "连续暴雨后，李木水家的香樟树倒在"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill without a word")
@pytest.mark.usefixtures("qapp")
def test_what_was_typed_two_seconds_before_is_there_again(tmp_path, clock, new_id):
    folder = tmp_path / "office"
    make_desk(folder, clock, new_id).office_file.close()
    paths = os.pathsep.join(str(path) for path in (HERE.parents[1], HERE.parent))
    run = subprocess.run(
        [sys.executable, HERE / "typist.py", folder, TEXT],
        env=os.environ | {"PYTHONPATH": paths},
        timeout=60,
        check=False,
    )
    assert run.returncode == -signal.SIGKILL

    program = Program(folder)
    try:
        program.window.show()
        program.open(open_with_key(folder, KEY, clock=clock, new_id=new_id))
        page = program.window.go("register")
        program.operations.drain()
        assert page.dispute_form.values()["summary"] == TEXT
        assert "恢复" in page.banner.message
        program.window.close()
    finally:
        program.end()
