"""What the command `idm` does, one module per subcommand. Each returns the exit code."""
