"""Employers, agencies, universities, departments; who belongs to them; their verification.

Knows people, places, occupations. Start with models.py, then viewer.py.
"""
