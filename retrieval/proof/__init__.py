"""Quotes, and all that is said of them, held against the stored articles."""
