"""Bundles: what leaves and enters the office, signed, sealed and strictly checked.

Knows bags, signatures and schemas; neither the database nor the screen.
"""
