"""Who speaks in the sentences of an article."""
