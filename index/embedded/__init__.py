"""The store in a folder of this machine: SQLite holds everything, FAISS follows it."""
