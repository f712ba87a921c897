"""Small settings outlive the program, and losing them costs nothing but the look."""

from mediation_desktop.ui.memory import FILE_NAME, FileMemory


def test_what_was_kept_is_there_at_the_next_start(tmp_path):
    FileMemory(tmp_path / FILE_NAME).save("large", "1")
    assert FileMemory(tmp_path / FILE_NAME).load("large") == "1"
    assert FileMemory(tmp_path / FILE_NAME).load("dark") == ""


def test_a_damaged_file_means_the_first_look_again(tmp_path, expect_log):
    (tmp_path / FILE_NAME).write_bytes(b"{")
    expect_log("could not be read")
    memory = FileMemory(tmp_path / FILE_NAME)
    memory.save("large", "1")
    assert FileMemory(tmp_path / FILE_NAME).load("large") == "1"


def test_a_disk_that_refuses_does_not_stop_anybody(tmp_path, expect_log):
    memory = FileMemory(tmp_path / "gone" / FILE_NAME)
    expect_log("could not be kept")
    memory.save("large", "1")
    assert memory.load("large") == "1"
