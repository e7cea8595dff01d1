"""PDF files from Word files: many documents joined, converted once by LibreOffice and cut apart again."""
