"""The Word templates, one folder per rulebook, and in `build` the program that makes the shipped ones."""
