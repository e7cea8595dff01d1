"""The page format of Party papers as data, and a reader that says where a Word file departs from it."""
