"""Threats that SECURITY.md names, each with a test that fails when its guard is removed."""
