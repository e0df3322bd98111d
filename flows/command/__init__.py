"""What the command `idm` does, one module per command.

Each has `declare(parser)`, which says what the command takes and which function carries it out;
that function gets the options and returns the exit code. A module is imported only when its
command is called.
"""
