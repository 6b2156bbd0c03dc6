"""Words and names of questions and sentences: their base forms, their places, their states."""
