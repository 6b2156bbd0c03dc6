"""How good the answers are: questions with known answers, measures with intervals, reports."""
