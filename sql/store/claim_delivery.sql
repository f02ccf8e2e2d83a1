-- One row: the delivery taken in hand, or none where it is not to be tried (any more).
-- Parameters: :id, :claimed_by, :claimed_at.
UPDATE delivery
SET
    state = 'in_data',
    claimed_by = :claimed_by,
    claimed_at = :claimed_at,
    tried_at = :claimed_at,
    attempts = attempts + 1
WHERE id = :id AND state IN ('ready', 'deferred')
RETURNING id;
