"""Public pages ready-made: what a stranger asks for is handed out as finished bytes, before Django is woken.

`front.py` stands in front of the WSGI application. It answers a GET or HEAD that carries no cookie (the one that
protects forms excepted), names this very site, and asks for one of the pages of `pages.py`. Everything else goes to
Django as it came.

- **Whose bytes they are.** A page is made by asking the whole application for it with a request of the site's own
  (`config/pages/stranger.py`): no header, cookie or address of a visitor is in it, so nothing of a person can be kept.
- **What differs for each visitor** is put in anew each time (`holes.py`): the token of the forms with its cookie, and
  the number that keeps a practice from counting twice. Nothing else may differ, or the page is not kept.
- **What is kept is true.** Pages are kept under a stamp of every table that they read (`stamp.py`), which is looked at
  twice a second at most. A text that is published, or falls due, makes all of them anew.
- **How much.** Only addresses without a query that mean a page of ours are kept, only while their answer is 200, and
  at most READY_MB megabytes in each process (`store.py`). 0 turns all of it off.
- **When in doubt, Django.** While the database is away, or when anything breaks in here, the request goes on.
"""
