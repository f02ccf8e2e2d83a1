"""Every statement the product runs, one a file, and the schema's migrations."""
