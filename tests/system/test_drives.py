"""The sticks that are plugged in are found, and only they."""

import sys

import pytest

from mediation_desktop.system import drives
from mediation_desktop.system.problems import EnvironmentProblem


def device(sys_block, real, name, removable):
    node = sys_block.parent / "devices" / real
    node.mkdir(parents=True)
    if removable is not None:
        (node / "removable").write_text(f"{removable}\n")
    (sys_block / name).symlink_to(node)
    return node


@pytest.fixture
def machine(tmp_path):
    """A made-up machine: an inner disk, a card, a USB disk that calls itself fixed, an empty CD drive."""
    sys_block = tmp_path / "block"
    sys_block.mkdir()
    for real, name, removable in (
        ("pci/ata1/sda", "sda", 0),
        ("pci/ata1/sda/sda1", "sda1", None),
        ("pci/mmc/mmcblk0", "mmcblk0", 1),
        ("pci/mmc/mmcblk0/mmcblk0p1", "mmcblk0p1", None),
        ("pci/usb2/2-1/sdb", "sdb", 0),
        ("pci/usb2/2-1/sdb/sdb1", "sdb1", None),
        ("pci/ata2/sr0", "sr0", 1),
    ):
        device(sys_block, real, name, removable)
    for name in ("inner", "card", "my stick"):
        (tmp_path / name).mkdir()
    escaped = str(tmp_path / "my stick").replace(" ", "\\040")
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"proc /proc proc rw 0 0\n"
        f"/dev/sda1 {tmp_path}/inner ext4 rw 0 0\n"
        f"/dev/mmcblk0p1 {tmp_path}/card vfat rw 0 0\n"
        f"/dev/sdb1 {escaped} vfat rw 0 0\n"
        f"/dev/sr0 {tmp_path}/pulled iso9660 ro 0 0\n"
        f"/dev/loop9 {tmp_path}/unknown ext4 rw 0 0\n"
    )
    return drives.LinuxDrives(mounts, sys_block)


@pytest.mark.skipif(sys.platform == "win32", reason="mount tables are Linux's")
def test_removable_media_and_usb_disks_are_listed_and_inner_or_pulled_ones_are_not(machine):
    found = machine.removable()
    assert [drive.label for drive in found] == ["card", "my stick"]
    assert all(0 < drive.free_bytes <= drive.total_bytes for drive in found)


def test_this_machine_can_be_asked():
    assert isinstance(drives.system_drives().removable(), tuple)


def test_free_space_is_known_before_the_file_is_there(tmp_path):
    assert drives.free_space(tmp_path / "not yet") > 0


def test_a_vanished_volume_is_told(tmp_path):
    with pytest.raises(EnvironmentProblem):
        drives.free_space(tmp_path / "gone" / "deeper")
