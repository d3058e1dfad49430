"""Live news to browsers: `GET /live?topics=vacancies,programme` is a stream of hints (docs/reference/live).

Start with asking.py (who may hear what), then door.py (one stream) and hub.py (one look for all of them).
"""
