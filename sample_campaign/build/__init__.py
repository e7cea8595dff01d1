"""Builds the sample campaign from its sources: the workbook, and the intake folder of people's own papers."""
