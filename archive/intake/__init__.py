"""People's own papers from a folder into their dossiers: recognised for certain, or left for a person to decide."""
