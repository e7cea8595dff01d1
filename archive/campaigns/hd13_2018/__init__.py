"""The campaign of the guidance of 2018: its stages, its papers, what it counts and compares (13-HD/TU).

`campaign.PLAN` is what the house asks. Codes of forms, levels, rules, meetings and ballots of 2018 stand here only; a
new guidance has the same in the `campaign.py` of its own folder.
"""
