"""Submissions read: from bytes to rows of figures with their places, and a finding for every doubt.

Callers name the module that they need (``reader``, ``ahead``, ``annotator``, ``viewer``): the process that
children come from needs none of these, and should be there soon.
"""
