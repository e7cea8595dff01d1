"""The campaign of a year: what is known of it, how it is judged, which papers it needs, and how they are filed."""
