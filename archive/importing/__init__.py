"""What comes in from a workbook and goes out to one: matched, checked, saved in one transaction or not at all."""
