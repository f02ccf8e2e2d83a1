-- Findings that a verdict settled are open again. Parameters: :verdict_id.
UPDATE finding SET settled = NULL, verdict_id = NULL
WHERE verdict_id = :verdict_id
RETURNING submission_id, entry_id;
