"""Articles: how they are read, cleaned, dated, and cut into sentences and passages."""
