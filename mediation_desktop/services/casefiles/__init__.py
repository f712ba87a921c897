"""Dispute files (TOML): read them, print a paper straight from one, enter one into an office."""
