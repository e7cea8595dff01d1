"""One folder per guidance: what it says, as data with citations, and the small functions that check it."""
