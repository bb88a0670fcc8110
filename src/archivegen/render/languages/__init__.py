"""Catalogues of the interface's texts, and how each language writes dates; bench/make_languages.py keeps them."""
