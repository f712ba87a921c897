"""Build resources/icc/sRGB.icc, the colour profile that printed papers carry for the archive.

Run by hand when it has to change, never at build time; the same script gives the same bytes:

    python installer/build_srgb.py resources/icc/sRGB.icc

The profile is of our own making from the figures of IEC 61966-2-1 (colours adapted to D50 as ICC.1:2001-04
wants them), so it is free to ship.  It is of version 2, which every reader knows.
"""

import struct
import sys
from pathlib import Path

STEPS = 1024
"""Points of the tone curve; more would change no printed dot."""
LINEAR = 0.04045
"""Up to this stored value light grows in a straight line."""
D50 = (0.9642, 1.0, 0.8249)
RED, GREEN, BLUE = (0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410)


def tone(value: float) -> float:
    """Return the light of a stored value, both from 0 to 1."""
    return value / 12.92 if value <= LINEAR else ((value + 0.055) / 1.055) ** 2.4


def fixed(*numbers: float) -> bytes:
    """Write numbers as s15Fixed16Number."""
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def description(text: str) -> bytes:
    """Write a textDescriptionType: ASCII only, its Unicode and ScriptCode parts empty."""
    words = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words + bytes(4 + 4 + 2 + 1 + 67)


def profile() -> bytes:
    """Return the whole profile."""
    curve = b"curv\0\0\0\0" + struct.pack(
        f">I{STEPS}H", STEPS, *(round(tone(step / (STEPS - 1)) * 65535) for step in range(STEPS))
    )
    tags = {
        b"desc": description("sRGB IEC61966-2-1"),
        b"cprt": b"text\0\0\0\0" + b"No copyright, use freely\0",
        b"wtpt": b"XYZ \0\0\0\0" + fixed(*D50),
        b"rXYZ": b"XYZ \0\0\0\0" + fixed(*RED),
        b"gXYZ": b"XYZ \0\0\0\0" + fixed(*GREEN),
        b"bXYZ": b"XYZ \0\0\0\0" + fixed(*BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    start, body, places = 128 + 4 + 12 * len(tags), b"", {}
    table = struct.pack(">I", len(tags))
    for name, data in tags.items():
        if data not in places:
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", places[data], len(data))
    head = struct.pack(">I4sI", start + len(body), bytes(4), 0x02100000) + b"mntrRGB XYZ "
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + fixed(*D50)
    return head.ljust(128, b"\0") + table + body


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(profile())
