"""The office's pages for screens: the board, each device, what is written for them and where it hangs.

Start with urls.py, then board.py.
"""
