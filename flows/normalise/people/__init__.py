"""Who is named, with honorific, position and body, and in which role."""
