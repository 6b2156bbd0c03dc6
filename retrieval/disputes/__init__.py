"""Claims that stand against each other, and the sides that make them."""
