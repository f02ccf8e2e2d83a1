-- One row: the delivery that is this claimant's until it lets go, its state unchanged; none where it is not
-- to be tried (any more) or somebody holds it. Parameters: :id, :claimed_by, :claimed_at.
UPDATE delivery
SET
    claimed_by = :claimed_by,
    claimed_at = :claimed_at,
    attempts = attempts + 1
WHERE id = :id AND state IN ('ready', 'deferred') AND claimed_by IS NULL
RETURNING id;
