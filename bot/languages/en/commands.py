"""What names a subcommand of ``/papers`` in English, the word of the help first."""

COMMANDS = {
    "date": ("day",),
    "help": ("?",),
    "search": ("find",),
    "show": ("paper",),
    "today": ("new",),
    "week": ("weekly",),
}
