"""Which sentences an answer quotes: different ones, agreeing ones, revised figures."""
