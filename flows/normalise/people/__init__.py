"""Who is named, with honorific, position and organisation, and in which role."""
