"""Every statement as a file; schema/ holds the migrations."""
