"""The database: people, units and the year's facts, evaluations, documents, dossiers and the events on them."""
