"""The subcommands of `hoso`, a module per area. Each is thin: arguments in, one call, its report out."""
