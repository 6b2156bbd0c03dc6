"""How sure the evidence makes that the question is answered."""
