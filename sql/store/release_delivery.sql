-- One delivery that its claimant lets go before its message was on the way. Parameters: :id, :claimed_by.
UPDATE delivery
SET claimed_by = NULL, claimed_at = NULL
WHERE id = :id AND state IN ('ready', 'deferred') AND claimed_by = :claimed_by;
