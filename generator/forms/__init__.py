"""The forms of a review year: one manifest per form, and everything that is made from it."""
