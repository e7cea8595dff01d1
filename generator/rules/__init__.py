"""How a rulebook is read and judged: nothing here knows what one guidance says."""
