"""The workspace on disk: one SQLite database with one writer thread; paths; keys in the keyring."""
