"""What a unit takes to the printer: packs of papers in order, ballots by the number of voters, and how many of each."""
