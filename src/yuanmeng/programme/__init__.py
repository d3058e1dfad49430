"""What happens in the rooms and when: night market, salons, courses, and the monthly line-up (排片).

Knows vacancies and below. Start with models/line_up.py, then copying.py and findings.py.
"""
