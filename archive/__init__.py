"""What is kept: the register, evaluations, documents, dossiers, events, and the store they are filed in."""
