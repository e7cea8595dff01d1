"""The papers of a campaign: for each form, what of the picture it prints."""
