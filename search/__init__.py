"""What is found: Vietnamese text analysis, the query language, the engine behind it, and histories."""
