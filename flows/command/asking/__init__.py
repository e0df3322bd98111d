"""What `idm sql` and `idm serve-data` share: a query put safely to one database."""
