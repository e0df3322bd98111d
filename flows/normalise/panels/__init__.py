"""The panels of a session, from lists, tables and prose, and the days they belong to."""
