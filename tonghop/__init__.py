"""The nouns of Tổng hợp: units, submissions, entries, findings, editions, deliveries, and what carries them."""
