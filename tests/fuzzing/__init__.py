"""Coverage-guided fuzzing: `python -m tests.fuzzing.fuzz TARGET`."""
