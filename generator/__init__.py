"""What the guidance says and what the paper says: facts, rules, forms and documents. No database, no web."""
