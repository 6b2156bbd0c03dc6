"""How the weights that are packaged were learned."""
