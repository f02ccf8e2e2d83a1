-- One delivery in the state its try ended in; final states stay. Unknown follows in_data only, and keeps who
-- handed it over and when: deliveries of one handing-over share both. With :claimant, only one still its own.
-- Parameters: :id, :state, :reply, :tried_at, :accepted_at, :retry_at, :claimant.
UPDATE delivery
SET
    state = :state,
    reply = :reply,
    tried_at = :tried_at,
    accepted_at = :accepted_at,
    retry_at = :retry_at,
    claimed_by = CASE WHEN CAST(:state AS TEXT) = 'unknown' THEN claimed_by END,
    claimed_at = CASE WHEN CAST(:state AS TEXT) = 'unknown' THEN claimed_at END
WHERE
    id = :id
    AND state NOT IN ('accepted', 'failed')
    AND (CAST(:state AS TEXT) <> 'unknown' OR state = 'in_data')
    AND (CAST(:claimant AS TEXT) IS NULL OR claimed_by = CAST(:claimant AS TEXT));
