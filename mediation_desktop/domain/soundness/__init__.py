"""Is an agreement sound? One module per kind of check; ``domain.checks`` is the front door.

A check looks at a ``Draft`` and yields findings.  Words and patterns are data (``wording.toml``); no file is
read here.
"""
