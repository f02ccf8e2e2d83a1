"""When what happens: each flow reads as a sentence."""
