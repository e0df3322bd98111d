"""Who says a sentence, and who took part because they said it."""
