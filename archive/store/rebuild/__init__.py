"""Making the database's records anew from the store alone."""
