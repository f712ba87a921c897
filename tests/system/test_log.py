import logging
from datetime import UTC, datetime

import pytest

from mediation_desktop.system import log
from mediation_desktop.system.problems import EnvironmentProblem

NUMBERS = [
    "330825196205140010",
    "11010519491231002X",
    "11010519491231002x",
    "330825 19620514 0010",
    "330825620514001",
    "13900000001",
    "+86 139-0000-0001",
    "139 0000 0001",
    "０５７０７０２１２３４",
    "0570-7021234",
    "(0570)7021234",
    "7021234",
    "6228480402564890018",
    "1962-05-14",
]
NAMES = ["张福根", "欧阳小雯", "买买提·艾力", "𬱖小明", "𡌴家坞", "〇婷", "龙游县东华街道鸡鸣村石塔巷8号"]


@pytest.fixture
def log_file(tmp_path):
    yield log.install(tmp_path / "数据" / "logs")
    log.close()
    log._kept_out.clear()


@pytest.fixture
def logger():
    return logging.getLogger("mediation_desktop.test")


@pytest.mark.parametrize("secret", NUMBERS + NAMES)
def test_message_and_arguments_carry_no_personal_data(log_file, logger, secret):
    logger.info("straight in the message: %s" % secret)  # noqa: G002, UP031 - what a careless caller does
    logger.info("as an argument: %s %r", secret, {"name": secret})
    written = log_file.read_text("utf-8")
    assert secret not in written
    assert written.count(log.REMOVED) == 3
    assert "straight in the message" in written


def test_escaped_chinese_is_personal_data_too(log_file, logger):
    logger.info("%r %a", "张福根".encode(), "李木水")
    written = log_file.read_text("utf-8")
    assert written.count(log.REMOVED) == 2
    assert "\\" not in written


@pytest.mark.parametrize("secret", NUMBERS + NAMES)
def test_traceback_carries_no_personal_data(log_file, logger, expect_log, secret):
    expect_log("cannot print")
    try:
        try:
            {}[secret]
        except KeyError as error:
            raise ValueError(f"party {secret} unknown") from error
    except ValueError:
        logger.exception("cannot print")
    written = log_file.read_text("utf-8")
    assert secret not in written
    assert "KeyError" in written
    assert "ValueError: party" in written
    assert "test_log.py" in written


def test_values_bound_to_a_statement_are_removed(log_file, logger):
    logger.info("(IntegrityError) UNIQUE failed\n[SQL: INSERT …]\n[parameters: ('Anna Schmidt', 3)]\nmore")
    written = log_file.read_text("utf-8")
    assert "Schmidt" not in written
    assert "UNIQUE failed" in written
    assert "more" in written


def test_values_named_by_the_program_are_removed(log_file, logger):
    log.keep_out("Anna Schmidt", "x")
    logger.info("met Anna Schmidt on the extra stairs")
    assert "met [removed] on the extra stairs" in log_file.read_text("utf-8")


def test_home_folder_of_the_user_is_removed(log_file, logger, request):
    home = str(request.config.rootpath.home())
    logger.info("opened %s", home + "/office")
    assert home + "/office" not in log_file.read_text("utf-8")


def test_ids_digests_and_small_numbers_stay_traceable(log_file, logger):
    kept = ["01978a2c-1234-7123-8123-123456789012", "0123456789" * 6 + "abcd", "3 of 20000 in 0.25 s"]
    for value in kept:
        logger.info("kept %s", value)
    written = log_file.read_text("utf-8")
    assert all(value in written for value in kept)


def test_other_libraries_are_heard_only_when_they_warn(log_file, expect_log):
    expect_log("mind the gap")
    logging.getLogger("sqlalchemy.engine").info("chatter")
    logging.getLogger("sqlalchemy.engine").warning("mind the gap")
    written = log_file.read_text("utf-8")
    assert "mind the gap" in written
    assert "chatter" not in written


def test_every_line_says_when(log_file, logger):
    logger.info("hello")
    assert log_file.read_text("utf-8").startswith(f"{datetime.now(UTC).astimezone():%Y-%m-%d}")


def test_the_file_rotates_and_old_files_are_few(log_file, logger, monkeypatch):
    monkeypatch.setattr(log, "_BYTES_PER_FILE", 2_000)
    log.install(log_file.parent)
    for number in range(200):
        logger.info("a line that fills the file %d", number)
    files = sorted(path.name for path in log_file.parent.iterdir())
    assert files == ["mediation-desktop.log", *(f"mediation-desktop.log.{i}" for i in range(1, 5))]
    assert all(path.stat().st_size <= 2_000 for path in log_file.parent.iterdir())


def test_installing_twice_writes_each_line_once(log_file, logger):
    log.install(log_file.parent)
    logger.info("only once")
    assert log_file.read_text("utf-8").count("only once") == 1


def test_a_folder_that_cannot_be_made_is_told_with_a_remedy(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentProblem) as raised:
        log.install(tmp_path / "file" / "logs")
    assert raised.value.advice


def test_after_closing_the_folder_can_be_removed(tmp_path, logger):
    path = log.install(tmp_path / "logs")
    log.close()
    path.unlink()
    path.parent.rmdir()
    logger.info("goes nowhere")
    assert not path.exists()


def test_a_crash_report_is_redacted_by_the_same_rule():
    assert (
        log.redact("张福根 330825196205140010 in page.py line 12") == "[removed] [removed] in page.py line 12"
    )
