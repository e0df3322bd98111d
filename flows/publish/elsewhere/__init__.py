"""A release sent to where people fetch it: a folder, a bucket."""
