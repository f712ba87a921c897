"""What is true of mediation: records, rules and words, as plain values.

Nothing here reads a file, asks the clock or knows a database, a screen or a sheet of paper.
"""
