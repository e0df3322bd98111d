"""What every room stands on: problems, sources, files written whole, hashes of rows."""
