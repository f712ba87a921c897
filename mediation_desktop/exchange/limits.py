"""What a bundle may hold at most; FAT32 sticks end at 4 GiB, so a larger load is split into several."""

MAX_MEMBERS = 20_000
"""Files in one bag."""

MAX_MEMBER_BYTES = 512 * 1024**2
"""Bytes of one file."""

MAX_BUNDLE_BYTES = 2 * 1024**3
"""Bytes of the sealed payload, and of all its files together."""

MAX_RATIO = 200
"""How many times larger than its compressed form a file may be."""

MAX_LINE_BYTES = 4 * 1024**2
"""Bytes of one record line."""

CHUNK = 256 * 1024
"""Bytes handled at a time; memory stays a few times this."""
