-- One submission that says again what the same bytes said before. Parameters: :id.
UPDATE submission
SET state = 'duplicate'
WHERE id = :id;
