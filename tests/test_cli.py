"""The command line: its exit codes, its sentences, and that nothing is left half-written."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from desks import CASES, sample
from msgspec.structs import replace

from mediation_desktop import demo
from mediation_desktop.__main__ import main
from mediation_desktop.domain.records import Dispute
from mediation_desktop.services import papers, queries
from mediation_desktop.services.casefiles.entering import enter
from mediation_desktop.services.office import OfficeSetup, create_office
from mediation_desktop.system.paths import forms_folder

FIRST = CASES / "case1-tree-on-roof.toml"
TEXT = FIRST.read_text(encoding="utf-8")


@pytest.fixture
def case(tmp_path):
    """Write a dispute file, changed where a test wants it."""

    def write(old="", new=""):
        assert old in TEXT
        path = tmp_path / "case.toml"
        path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
        return path

    return write


@pytest.fixture
def empty_folder(tmp_path, monkeypatch):
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*arguments):
    return main([str(argument) for argument in arguments])


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_a_paper_is_printed_straight_from_a_dispute_file(tmp_path, capsys, suffix):
    out = tmp_path / f"out{suffix}"
    assert _run("paper", "agreement", FIRST, out) == 0
    assert out.read_bytes()[:4] == {".pdf": b"%PDF", ".docx": b"PK\x03\x04"}[suffix]
    assert str(out) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "张福根"', 'name = "张福根', "TOML"),
        ('type = "邻里"', 'type = "打架"', "打架"),
        (
            "due = 2026-06-25",
            "instalments = [{ due = 2026-06-25, amount_fen = 70000 }]",
            "不符",
        ),
        ('[[party]]\nid = "b1"', '[[party]]\nid = "b2"', "b1"),
    ],
)
def test_a_wrong_dispute_file_gets_one_chinese_sentence_and_leaves_nothing(case, capsys, old, new, words):
    path = case(old, new)
    out = path.with_name("out.pdf")
    assert _run("paper", "agreement", path, out) == 3
    said = capsys.readouterr().err
    assert words in said
    assert len(said.strip().splitlines()) == 1
    assert not out.exists()
    assert [each.name for each in path.parent.iterdir()] == ["case.toml"]


def test_a_missing_party_is_told(tmp_path, capsys):
    start = TEXT.index('[[party]]\nid = "b1"')
    end = TEXT.index("[[invited]]")
    alone = TEXT[:start] + TEXT[end:]
    for name in ("session", "proposal", "agreement.obligation", "payment"):
        alone = _without(alone, name)
    alone = alone.replace("signed = { a1 = 2026-06-19, b1 = 2026-06-19, mediator = 2026-06-19 }", "")
    path = tmp_path / "alone.toml"
    path.write_text(alone, encoding="utf-8")
    assert _run("paper", "agreement", path, tmp_path / "out.pdf") == 3
    assert "还缺少一方当事人" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("form", "number", "words"),
    [
        ("registration", 1, "人民调解受理登记表"),
        ("rights_notice", 1, "当事人权利义务告知书"),
        ("mediation_record", 1, "人民调解记录"),
        ("followup", 1, "人民调解回访记录"),
        ("oral_agreement", 5, "人民调解口头协议登记表"),
        ("termination", 6, "终止调解告知书"),
        ("not_accepted", 8, "人民调解不予受理告知书"),
    ],
)
def test_every_paper_that_a_dispute_file_has_the_matter_for_is_printed(form, number, words, tmp_path):
    out = tmp_path / "out.docx"
    assert _run("paper", form, next(CASES.glob(f"case{number}-*.toml")), out) == 0
    assert docx.Document(str(out)).core_properties.title == words


def test_of_several_sessions_the_last_is_taken_unless_another_is_named(tmp_path, capsys):
    case = next(CASES.glob("case3-*.toml"))
    told = []
    for which in ((), ("--which", "1"), ("--which", "3")):
        out = tmp_path / f"{len(told)}.docx"
        told.append(_run("paper", "mediation_record", case, out, *which))
    assert told == [0, 0, 3]
    assert "没有第3份调解记录" in capsys.readouterr().err
    texts = ["".join(p.text for p in docx.Document(str(tmp_path / f"{n}.docx")).paragraphs) for n in (0, 1)]
    assert "2026年6月2日 14:00" in texts[0]
    assert "2026年5月26日 14:00" in texts[1]


def test_a_paper_that_the_dispute_file_has_no_matter_for_is_refused(tmp_path, capsys):
    assert _run("paper", "termination", FIRST, tmp_path / "out.pdf") == 3
    assert "没有可以打印的终止调解告知书" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def _without(text, table):
    """Return a dispute file without the tables ``[[table]]`` and what is below them."""
    kept, skipping = [], False
    for line in text.splitlines():
        if line.startswith("["):
            skipping = line.startswith((f"[[{table}]]", f"[[{table}."))
        if not skipping:
            kept.append(line)
    return "\n".join(kept)


def test_a_wrong_check_digit_warns_and_prints_all_the_same(case, tmp_path, capsys):
    out = tmp_path / "out.pdf"
    assert _run("paper", "agreement", case("330825196205140010", "330825196205140011"), out) == 0
    assert "校验位" in capsys.readouterr().out
    assert out.exists()


def test_rare_characters_are_named_before_printing(case, tmp_path, capsys):
    unprintable = chr(0x30000)
    out = tmp_path / "out.pdf"
    assert _run("paper", "agreement", case('name = "张福根"', f'name = "张{unprintable}根"'), out) == 0
    said = capsys.readouterr().out
    assert unprintable in said
    assert "U+30000" in said


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("paper", "agreement", FIRST, "out.txt"), 3, "pdf"),
        (("paper", "nonsense", FIRST, "out.pdf"), 3, "session_notice"),
        (("paper", "agreement", "absent.toml", "out.pdf"), 4, "absent.toml"),
        (("paper", "agreement", FIRST, "no/such/folder/out.pdf"), 4, "out.pdf"),
        (("bundle", "verify", "absent.tjb", "--trust", "absent.tjtrust"), 4, "absent"),
    ],
)
def test_every_refusal_has_its_exit_code_and_says_what_to_do(empty_folder, capsys, arguments, code, words):
    assert _run(*arguments) == code
    assert words in capsys.readouterr().err
    assert list(empty_folder.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a desktop")
@pytest.mark.parametrize("arguments", [(), ("--smoke-test",), ("demo",)])
def test_without_a_screen_the_window_is_refused_in_words(arguments, tmp_path):
    pytest.importorskip("PySide6")
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    run = subprocess.run(
        [sys.executable, "-m", "mediation_desktop", "--data-dir", tmp_path / "office", *arguments],
        env={name: value for name, value in os.environ.items() if name not in screens},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert run.returncode == 4
    assert "没有屏幕" in run.stderr
    assert not (tmp_path / "office").exists()
    assert "Traceback" not in run.stderr


def test_a_fault_of_our_own_exits_with_70_and_tells_nothing_personal(tmp_path, monkeypatch, capsys):
    def broken(*_arguments, **_named):
        raise RuntimeError("no such thing as 张福根 330825196205140010")

    monkeypatch.setattr("mediation_desktop.services.casefiles.printing.compose", broken)
    assert _run("paper", "agreement", FIRST, tmp_path / "out.pdf") == 70
    said = capsys.readouterr().err
    assert "程序自身出了问题" in said
    assert "RuntimeError" in said
    assert "张福根" not in said
    assert "330825196205140010" not in said


def test_a_command_written_wrong_exits_with_2(capsys):
    with pytest.raises(SystemExit) as caught:
        _run("paper")
    assert caught.value.code == 2
    said = capsys.readouterr().err
    assert "命令写错了" in said
    assert "用法：mediation-desktop paper" in said


@pytest.mark.parametrize("command", [(), ("paper",), ("bundle",), ("bundle", "open"), ("demo",)])
def test_help_is_chinese(command, capsys):
    with pytest.raises(SystemExit) as caught:
        _run(*command, "--help")
    assert caught.value.code == 0
    said = capsys.readouterr().out
    assert not {"usage:", "options:", "arguments:", "show"} & set(said.split())


def test_a_dispute_file_is_never_replaced_by_its_paper(tmp_path, capsys):
    path = tmp_path / "case.pdf"
    path.write_bytes(FIRST.read_bytes())
    assert _run("paper", "agreement", path, tmp_path / "." / "case.pdf") == 3
    assert "纠纷文件本身" in capsys.readouterr().err
    assert path.read_bytes() == FIRST.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_reader_that_leaves_early_is_no_fault_of_ours(tmp_path):
    program = [sys.executable, "-m", "mediation_desktop", "paper", "agreement", FIRST, tmp_path / "out.pdf"]
    left, pipe = os.pipe()
    os.close(left)
    run = subprocess.run(program, stdout=pipe, stderr=subprocess.PIPE, check=False)
    os.close(pipe)
    assert (run.returncode, run.stderr) == (4, b"")


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory):
    """Run the main job once, as a user would from a terminal."""
    folder = tmp_path_factory.mktemp("demo")
    run = subprocess.run(
        [sys.executable, "-m", "mediation_desktop", "demo", "--headless", "--data-dir", folder],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return folder, run.stdout


def test_the_main_job_runs_from_register_to_the_receiving_side(demonstration):
    folder, said = demonstration
    made = [Path(line.partition("：")[2].split("（")[0]) for line in said.splitlines() if str(folder) in line]
    assert all(path.exists() for path in made[:-1]), said
    suffixes = {path.suffix for path in made}
    assert {".pdf", ".docx", ".tjb", ".tjtrust", ".tjkeys", ".txt", ".db"} <= suffixes
    assert "用时" in said
    assert (folder / "received" / "bag" / "data" / "records.ndjson").stat().st_size > 0


def test_the_demonstration_keeps_everything_in_its_folder_and_nothing_readable_in_its_office(demonstration):
    folder, _ = demonstration
    for path in (folder / "office").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert "张福根".encode() not in data, path
            assert b"330825196205140010" not in data, path


def _bundle_arguments(folder):
    bundle = next((folder / "stick").glob("*.tjb"))
    trust = folder / "county" / "demo-county.tjtrust"
    identity = folder / "county" / "demo-county.identity.txt"
    return bundle, trust, identity


def test_bundle_verify_and_open(demonstration, tmp_path, capsys):
    bundle, trust, identity = _bundle_arguments(demonstration[0])
    assert _run("bundle", "verify", bundle, "--trust", trust) == 0
    assert "签名有效" in capsys.readouterr().out
    arguments = ("--trust", trust, "--identity", identity, "--to", tmp_path / "in")
    assert _run("bundle", "open", bundle, *arguments) == 0
    assert (tmp_path / "in" / "bag" / "bagit.txt").exists()


def test_a_bundle_with_one_bit_changed_is_refused_with_code_5(demonstration, tmp_path, capsys):
    bundle, trust, identity = _bundle_arguments(demonstration[0])
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 1
    changed = tmp_path / bundle.name
    changed.write_bytes(data)
    arguments = ("--trust", trust, "--identity", identity, "--to", tmp_path / "in")
    assert _run("bundle", "verify", changed, "--trust", trust) == 5
    assert _run("bundle", "open", changed, *arguments) == 5
    assert "重新导出" in capsys.readouterr().err
    assert not (tmp_path / "in").exists()


def test_a_bundle_of_an_unknown_signer_waits_for_admission(demonstration, tmp_path, capsys):
    bundle, _, _ = _bundle_arguments(demonstration[0])
    nobody = tmp_path / "nobody.tjtrust"
    nobody.write_text("[]", encoding="utf-8")
    assert _run("bundle", "verify", bundle, "--trust", nobody) == 5
    assert "指纹" in capsys.readouterr().err


def test_a_second_demonstration_never_overwrites_the_first(demonstration, capsys):
    folder, _ = demonstration
    kept = [path for path in folder.rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in kept}
    assert _run("demo", "--headless", "--data-dir", folder) == 3
    assert "已经有办公数据" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in kept} == before


def test_the_samples_stand_where_their_story_leaves_them(tmp_path):
    shown = demo.build(tmp_path)
    with shown.desk.office_file as office, office.read() as reader:
        states = [reader.get(Dispute, one).state.value for one in shown.disputes]
    assert states == [
        "performing",
        "performing",
        "performing",
        "agreed",
        "performing",
        "terminated",
        "performing",
        "not_accepted",
    ]


def _own_agreement(folder, *pairs):
    shutil.copytree(forms_folder() / "agreement", folder / "agreement")
    path = folder / "agreement" / "form.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return folder / "agreement"


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Keep temporary files of the program together."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.mark.parametrize("words", [(), ("--shipped",)])
def test_the_shipped_forms_are_in_order_and_print(capsys, temporary, words):
    assert _run("forms", "check", *words) == 0
    said = capsys.readouterr().out
    names = {path.parent.name for path in forms_folder().glob("*/form.toml")}
    assert {path.stem for path in temporary.rglob("*.pdf")} == names
    assert {path.stem for path in temporary.rglob("*.docx")} == names
    assert "agreement：样例印成2页" in said
    assert "【" not in said


def test_a_county_is_told_all_that_is_wrong_with_its_forms(tmp_path, capsys, temporary):
    folder = tmp_path / "forms"
    _own_agreement(folder, ('role = "title"', 'role = "titel"'), ("{agreement.facts}", "{agreement.fact}"))
    shutil.copytree(forms_folder() / "followup", folder / "followup")
    assert _run("forms", "check", folder) == 1
    said = capsys.readouterr().out
    assert "agreement/【不能用】form.toml 第" in said
    for part in ("titel", "agreement.fact", "followup：样例印成1页"):
        assert part in said
    assert [path.name for path in temporary.rglob("*.pdf")] == ["followup.pdf"]


@pytest.mark.usefixtures("temporary")
def test_a_form_with_reminders_only_is_in_order(tmp_path, capsys):
    form = _own_agreement(tmp_path, ("经调解，自愿达成", "经调解，各方自愿达成"))
    assert _run("forms", "check", form) == 0
    said = capsys.readouterr().out
    assert "【提醒】" in said
    assert "样例印成2页" in said


@pytest.mark.usefixtures("temporary")
def test_a_sample_that_cannot_be_printed_is_told(tmp_path, capsys):
    form = _own_agreement(tmp_path, ('"1.1.0"', '"1.1.0-ly"'))
    (form / "sample.toml").write_text("[committee", encoding="utf-8")
    assert _run("forms", "check", form) == 1
    assert "样例没有印成" in capsys.readouterr().out


@pytest.mark.usefixtures("temporary")
def test_a_form_that_the_program_does_not_have_is_checked_too(tmp_path, capsys):
    shutil.copytree(forms_folder() / "followup", tmp_path / "visit")
    path = tmp_path / "visit" / "form.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"followup"', '"visit"', 1), encoding="utf-8")
    assert _run("forms", "check", tmp_path / "visit") == 0
    (tmp_path / "visit" / "sample.toml").unlink()
    assert _run("forms", "check", tmp_path / "visit") == 0
    said = capsys.readouterr().out
    assert "visit：样例印成1页" in said
    assert "没有样例" in said


def test_a_folder_without_forms_is_told(tmp_path, capsys):
    assert _run("forms", "check", tmp_path) == 3
    assert "没有文书格式" in capsys.readouterr().err


def test_a_paper_from_a_dispute_file_tells_that_the_own_form_is_not_used(case, capsys):
    path = case()
    _own_agreement(path.parent / "forms", ('role = "title"', 'role = "titel"'))
    assert _run("paper", "agreement", path, path.with_name("out.pdf")) == 0
    assert "程序自带的格式" in capsys.readouterr().out


def test_the_names_for_forms_are_listed(capsys):
    assert _run("forms", "names") == 0
    said = capsys.readouterr().out
    assert said.strip() in (forms_folder() / "README.md").read_text(encoding="utf-8")


def test_a_printed_paper_is_verified_alone_and_a_changed_one_is_told(tmp_path, capsys):
    out = tmp_path / "out.pdf"
    assert _run("paper", "agreement", FIRST, out) == 0
    assert _run("paper", "verify", out) == 0
    assert "没有改动" in capsys.readouterr().out
    out.write_bytes(out.read_bytes().replace(b"zh-CN", b"zh-TW", 1))
    assert _run("paper", "verify", out) == 3
    assert "改动过" in capsys.readouterr().err
    assert _run("paper", "verify", tmp_path / "none.pdf") == 4
    with pytest.raises(SystemExit) as left:
        _run("paper", "verify")
    assert left.value.code == 2


def test_an_issued_paper_is_verified_in_the_office_with_its_password(
    tmp_path, capsys, clock, new_id, monkeypatch
):
    folder, password = tmp_path / "office", "竹海2026abc"
    clock.advance(days=30)
    setup = OfficeSetup(code="LY0101", name="甲", committee="鸡鸣村人民调解委员会", mediators=("汪承平",))
    made = create_office(folder, setup, password, clock=clock, new_id=new_id)
    with made.desk.office_file:
        dispute_id = enter(made.desk, replace(sample(2, new_id), signing=None))
        paper = queries.dossier(made.desk, dispute_id).papers[-1]
        (tmp_path / "out.pdf").write_bytes(papers.paper_bytes(made.desk, paper))
    monkeypatch.setattr("getpass.getpass", lambda _prompt: password)
    assert _run("paper", "verify", tmp_path / "out.pdf", "--office", folder) == 0
    assert "一字不差" in capsys.readouterr().out
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "wrong password")
    assert _run("paper", "verify", tmp_path / "out.pdf", "--office", folder) == 3
