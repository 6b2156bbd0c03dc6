"""Cleaning: whole lines that are not the article's are dropped, each with its reason."""
