"""The field's nouns as frozen values: pure, with the standard library and pandas only."""
