"""Removable drives and free space."""

import ctypes
import shutil
import string
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from mediation_desktop.system import files


class Drive(Struct, frozen=True):
    """A mounted removable drive; sizes in bytes."""

    path: Path
    label: str
    free_bytes: int
    total_bytes: int


class Drives(Protocol):
    """Knows which removable drives are plugged in. Tests hand in another."""

    def removable(self) -> tuple[Drive, ...]:
        """Return the removable drives that can be used now."""
        ...


def free_space(path: Path) -> int:
    """Return the free bytes of the volume that ``path`` lies on, or will lie on.

    Raises:
        EnvironmentProblem: the volume is gone.
    """
    try:
        return shutil.disk_usage(path if path.exists() else path.parent).free
    except OSError as error:
        raise files.problem(error, path) from error


class LinuxDrives:
    """Mounted block devices that the kernel calls removable, or that hang on USB."""

    def __init__(self, mounts: Path = Path("/proc/mounts"), devices: Path = Path("/sys/class/block")) -> None:
        self._mounts = mounts
        self._devices = devices

    def removable(self) -> tuple[Drive, ...]:
        """Return the removable drives that can be used now."""
        lines = self._mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        mounted = [line.split(" ")[:2] for line in lines if line.startswith("/dev/")]
        paths = [_unescaped(where) for device, where in mounted if self._is_removable(Path(device).name)]
        return _usable((path, path.name) for path in dict.fromkeys(map(Path, paths)))

    def _is_removable(self, device: str) -> bool:
        node = (self._devices / device).resolve()
        flags = (node / "removable", node.parent / "removable")  # a partition asks its disk
        flagged = any(flag.is_file() and flag.read_text().strip() == "1" for flag in flags)
        return flagged or any(part.startswith("usb") for part in node.parts)


def _unescaped(where: str) -> str:
    """Undo the octal escapes of a mount table (``fstab(5)``)."""
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        where = where.replace(code, char)
    return where


def _usable(found: Iterable[tuple[Path, str]]) -> tuple[Drive, ...]:
    """Measure the drives; one that was pulled meanwhile, or has no medium, is left out."""
    drives: list[Drive] = []
    for path, label in found:
        try:
            usage = shutil.disk_usage(path)
        except OSError:
            continue
        drives.append(Drive(path, label, usage.free, usage.total))
    return tuple(drives)


if sys.platform == "win32":
    from ctypes import wintypes

    _DRIVE_REMOVABLE, _DRIVE_FIXED = 2, 3
    _BUS_USB = 7
    _IOCTL_STORAGE_QUERY_PROPERTY = 0x002D1400
    _SHARE_READ_WRITE, _OPEN_EXISTING = 3, 3
    _NO_HANDLE = wintypes.HANDLE(-1).value

    class _PropertyQuery(ctypes.Structure):
        """STORAGE_PROPERTY_QUERY asking for the StorageDeviceProperty (both zero)."""

        _fields_ = (
            ("property_id", ctypes.c_int),
            ("query_type", ctypes.c_int),
            ("extra", ctypes.c_byte * 4),
        )

    class _DeviceDescriptor(ctypes.Structure):
        """STORAGE_DEVICE_DESCRIPTOR up to the bus type."""

        _fields_ = (
            ("version", wintypes.DWORD),
            ("size", wintypes.DWORD),
            ("device_type", ctypes.c_ubyte),
            ("device_type_modifier", ctypes.c_ubyte),
            ("removable_media", ctypes.c_ubyte),
            ("command_queueing", ctypes.c_ubyte),
            ("vendor_id_offset", wintypes.DWORD),
            ("product_id_offset", wintypes.DWORD),
            ("product_revision_offset", wintypes.DWORD),
            ("serial_number_offset", wintypes.DWORD),
            ("bus_type", ctypes.c_int),
        )

    class WindowsDrives:
        """Drive letters of removable media, and of sticks that call themselves fixed but hang on USB."""

        def removable(self) -> tuple[Drive, ...]:
            """Return the removable drives that can be used now."""
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateFileW.restype = wintypes.HANDLE
            mask = kernel.GetLogicalDrives()
            letters = [letter for bit, letter in enumerate(string.ascii_uppercase) if mask >> bit & 1]
            return _usable(
                (Path(f"{letter}:\\"), _label(kernel, letter))
                for letter in letters
                if _is_removable(kernel, letter)
            )

    def _is_removable(kernel: ctypes.WinDLL, letter: str) -> bool:
        kind = kernel.GetDriveTypeW(f"{letter}:\\")
        return kind == _DRIVE_REMOVABLE or (kind == _DRIVE_FIXED and _bus_type(kernel, letter) == _BUS_USB)

    def _bus_type(kernel: ctypes.WinDLL, letter: str) -> int | None:
        """Ask the driver which bus a volume hangs on; no rights to read its content are needed."""
        handle = kernel.CreateFileW(f"\\\\.\\{letter}:", 0, _SHARE_READ_WRITE, None, _OPEN_EXISTING, 0, None)
        if handle == _NO_HANDLE:
            return None
        try:
            query, answer, got = _PropertyQuery(), _DeviceDescriptor(), wintypes.DWORD()
            asked = (ctypes.byref(query), ctypes.sizeof(query), ctypes.byref(answer), ctypes.sizeof(answer))
            done = kernel.DeviceIoControl(
                wintypes.HANDLE(handle), _IOCTL_STORAGE_QUERY_PROPERTY, *asked, ctypes.byref(got), None
            )
            return answer.bus_type if done else None
        finally:
            kernel.CloseHandle(wintypes.HANDLE(handle))

    def _label(kernel: ctypes.WinDLL, letter: str) -> str:
        name = ctypes.create_unicode_buffer(261)
        size = len(name)
        kernel.GetVolumeInformationW(f"{letter}:\\", name, size, None, None, None, None, 0)
        return name.value or f"{letter}:"

    def system_drives() -> Drives:
        """Return what knows this machine's drives."""
        return WindowsDrives()

else:

    def system_drives() -> Drives:
        """Return what knows this machine's drives."""
        return LinuxDrives()
