"""Readers: models that read a question and a passage together, and their words."""
