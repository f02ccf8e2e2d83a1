-- One row: the delivery taken in hand, or none where it is not to be tried (any more) or another holds it.
-- A lease counted the try already. Parameters: :id, :claimed_by, :claimed_at.
UPDATE delivery
SET
    state = 'in_data',
    attempts = attempts + CASE WHEN claimed_by IS NULL THEN 1 ELSE 0 END,
    claimed_by = :claimed_by,
    claimed_at = :claimed_at,
    tried_at = :claimed_at
WHERE id = :id AND state IN ('ready', 'deferred') AND (claimed_by IS NULL OR claimed_by = :claimed_by)
RETURNING id;
