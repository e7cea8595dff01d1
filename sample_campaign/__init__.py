"""The sample campaign: a workbook and an intake folder of one invented commune's party base in 2018."""
