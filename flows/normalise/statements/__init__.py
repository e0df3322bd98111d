"""What is said: recommendations and their codes, figures, citations, mentions."""
