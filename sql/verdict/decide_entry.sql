-- A verdict stands on an entry as a whole. Parameters: :id, :verdict_id.
UPDATE entry SET decided_by = :verdict_id
WHERE id = :id;
