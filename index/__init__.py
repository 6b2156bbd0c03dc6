"""The index: embedding models, the store, and keeping the store in line with the article folders."""
