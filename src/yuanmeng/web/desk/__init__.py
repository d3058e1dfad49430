"""The desk: what a counsellor and the front desk do all day, and what a manager may read of it.

To-dos first (home.py), then people (finding.py, people.py), then acts: contact.py, referring.py,
walk_in.py. Who sees what is decided in seeing.py, by the matrix of core/visibility.toml.
"""
