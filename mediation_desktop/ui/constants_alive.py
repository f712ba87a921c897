"""Keeps Python's constants alive under PySide6 6.12 on Python 3.11.

``Signal.emit`` of PySide6 6.12.0 returns ``True`` without taking a reference, and some other calls do the
same with ``False`` and ``None``; a few hundred signals later the interpreter aborts ("bool_dealloc:
deallocating True or False").  Since Python 3.12 these objects are immortal (PEP 683) and nothing happens.
On 3.11 they are given so many references here that no number of signals uses them up.
"""

import ctypes
import sys

_IMMORTAL_SINCE = (3, 12)
_REFERENCES = 1 << 40


def keep_constants_alive() -> None:
    """Do it, once, before the first signal."""
    if sys.version_info < _IMMORTAL_SINCE:
        for constant in (True, False, None):
            if sys.getrefcount(constant) < _REFERENCES:
                ctypes.c_ssize_t.from_address(id(constant)).value += _REFERENCES
