"""Copies of the data folder for the worst day: made while people work, checked by restoring them."""
