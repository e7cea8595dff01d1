"""The store: OCFL objects on disk, how they are filed, bundled, checked and read."""
