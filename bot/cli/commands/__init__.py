"""One module a command; each has the constant ``COMMAND``."""
