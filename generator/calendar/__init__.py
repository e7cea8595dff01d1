"""Days and months as an office of Viet Nam counts them."""
