"""The same tables for other programs: CSV, spreadsheet."""
