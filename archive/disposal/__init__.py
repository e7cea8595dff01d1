"""How long dossiers are kept, what holds them, and how those whose time is over are disposed of."""
