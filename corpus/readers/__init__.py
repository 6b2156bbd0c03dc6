"""Readers: one for each file format, each on the library that its field trusts."""
