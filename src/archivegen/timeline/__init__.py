"""Across articles: names -> actors, sentences -> statements in the order things happened."""
