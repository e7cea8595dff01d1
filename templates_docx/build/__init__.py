"""The program that makes the shipped Word templates from the format profile: `python -m templates_docx.build`."""
