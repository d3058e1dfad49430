"""The big screen: the employment map, seen without log-in, fed by the public API.

It knows the house's address and the words; all figures come from web.api in the browser.
Start with `views.py`, then `frontend/src/wall/screen.ts`.
"""
