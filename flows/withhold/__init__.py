"""What a release must not carry: people who were withdrawn, words that are others'."""
