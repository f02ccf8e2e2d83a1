"""Measures of speed, each beside the least that could be needed; read the ratios."""
