"""What people wrote by hand, read and checked: reference tables, corrections."""
