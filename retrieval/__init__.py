"""Answers: search, evidence, quotes, conversation and their evaluation."""
