"""The campaign workbook: what an office types in Excel, written from and read back into the row models of the facts."""
