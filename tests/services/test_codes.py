import pytest

from mediation_desktop.domain.errors import UserError
from mediation_desktop.services.codes import load_codes
from mediation_desktop.system.paths import resource

GRADES = """
title = "案件等级"
status = "本县规定"
[[entry]]
code = "simple"
name = "简易"
days = 5
"""


def test_the_shipped_tables_are_complete():
    codes = load_codes()
    assert codes.dispute_types.name("neighbour") == "邻里"
    assert codes.grades.entry("simple").days == 3


def test_the_offices_own_file_wins_and_the_others_stay(tmp_path):
    (tmp_path / "grades.toml").write_text(GRADES, "utf-8")
    codes = load_codes([tmp_path / "missing", tmp_path])
    assert codes.grades.entry("simple").days == 5
    assert codes.dispute_types == load_codes().dispute_types


def test_a_file_saved_by_windows_notepad_reads(tmp_path):
    (tmp_path / "grades.toml").write_bytes(b"\xef\xbb\xbf" + GRADES.replace("\n", "\r\n").encode())
    assert load_codes([tmp_path]).grades.status == "本县规定"


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (GRADES.replace("days = 5", "days = 五").encode(), "“grades.toml”第 7 行"),
        (b'title = """', "“grades.toml”最后一行"),
        (GRADES.encode("gbk"), "UTF-8"),
        (GRADES.replace("days = 5", "").encode(), "grades.toml”第 1 项的“days”"),
    ],
)
def test_a_broken_file_is_named_with_the_place_and_the_remedy(tmp_path, content, named):
    (tmp_path / "grades.toml").write_bytes(content)
    with pytest.raises(UserError) as raised:
        load_codes([tmp_path])
    assert named in raised.value.text
    assert raised.value.advice


def test_every_shipped_file_can_be_copied_as_the_offices_own(tmp_path):
    for path in resource("codes").glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    own, shipped = load_codes([tmp_path]), load_codes()
    for path in tmp_path.iterdir():
        assert getattr(own, path.stem) == getattr(shipped, path.stem)


def test_a_shipped_table_is_read_once_when_it_is_first_asked_for():
    codes = load_codes()
    assert "nations" not in vars(codes)
    assert codes.nations is codes.nations
