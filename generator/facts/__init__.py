"""Typed facts: what an office enters about people, units and the year, as rows that can be checked and kept.

Each row model names its fields once: the title is the Vietnamese heading of its Excel column and web field, the
description its note. Codes stand in `choices.toml` with their labels.
"""
