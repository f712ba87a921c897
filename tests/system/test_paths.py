import sys
from pathlib import Path

import pytest

from mediation_desktop.system import paths
from mediation_desktop.system.problems import EnvironmentProblem

ROOT = Path(__file__).parents[2]


def test_the_source_tree_finds_its_own_data():
    assert paths.forms_folder() == ROOT / "forms"
    assert paths.resource("codes", "nations.toml") == ROOT / "resources" / "codes" / "nations.toml"


def test_an_installed_copy_prefers_the_data_inside_the_package(tmp_path, monkeypatch):
    inside, beside = tmp_path / "package" / "_data", tmp_path
    for home in (inside, beside):
        (home / "forms").mkdir(parents=True)
    monkeypatch.setattr(paths, "_HOMES", (inside, beside))
    assert paths.forms_folder() == inside / "forms"


def test_missing_data_is_named_and_the_remedy_told():
    with pytest.raises(EnvironmentProblem) as raised:
        paths.resource("fonts", "没有这个.ttf")
    assert "resources/fonts/没有这个.ttf" in raised.value.text
    assert "重新安装" in raised.value.advice


@pytest.mark.skipif(sys.platform != "linux", reason="XDG names the folder on Linux only")
def test_the_data_folder_lies_in_the_users_own_folder_whatever_its_name(tmp_path, monkeypatch):
    home = tmp_path / "张三 的电脑"
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    assert paths.default_data_folder() == home / "mediation-desktop"
    assert not home.exists()
