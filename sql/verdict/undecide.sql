-- A verdict no longer stands on the entries it was on. Parameters: :verdict_id.
UPDATE entry SET decided_by = NULL
WHERE decided_by = :verdict_id
RETURNING id;
