"""Which session a document is about: theme, dates, hours, place, from its first lines."""
