"""A reader of calendar files of its own, by the letter of RFC 5545."""

import re


def parse(data):
    """Return each component's properties as RFC 5545 lays them down: CRLF, folding, escapes."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    text = re.sub(rb"\r\n[ \t]", b"", data).decode("utf-8")
    stack, found = [], []
    for line in text.splitlines():
        name, _, value = line.partition(":")
        if name == "BEGIN":
            stack.append((value, {}))
        elif name == "END":
            assert stack[-1][0] == value
            found.append(stack.pop())
        else:
            unescaped = re.sub(r"\\([\\;,nN])", lambda hit: "\n" if hit[1] in "nN" else hit[1], value)
            stack[-1][1][name.partition(";")[0]] = unescaped
    assert not stack
    return found
