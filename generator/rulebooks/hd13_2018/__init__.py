"""Hướng dẫn 13-HD/TU ngày 20/11/2018 of Ban Thường vụ Tỉnh ủy Phú Thọ: tables, and the functions that judge by them."""
