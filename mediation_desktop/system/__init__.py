"""The machine under the program: paths, clock, ids, safe files, drives, locks, logs, sealing.

No word of mediation is spoken here.
"""
