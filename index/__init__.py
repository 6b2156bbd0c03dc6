"""The index: embedding models, the store, and keeping it in line with the article folders."""
