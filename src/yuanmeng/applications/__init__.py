"""An application (投递) and a referral (推荐), each with its consent and its steps.

Knows vacancies, seekers and below. Start with models.py.
"""
