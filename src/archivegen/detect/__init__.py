"""One article in, what it mentions out: sentences, dates and names, with character offsets."""
