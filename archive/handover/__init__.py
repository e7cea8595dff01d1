"""What leaves the office: a bag for the archive above, one member's papers, a list of results for another program."""
