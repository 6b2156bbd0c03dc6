"""Faults that the README promises to survive."""
