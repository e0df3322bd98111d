"""Characters and their places: clean text with offsets, folded forms, names to look up."""
