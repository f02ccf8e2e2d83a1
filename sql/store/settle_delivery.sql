-- One delivery in the state its try ended in; final states stay.
-- Parameters: :id, :state, :reply, :tried_at, :accepted_at, :retry_at.
UPDATE delivery
SET
    state = :state,
    reply = :reply,
    tried_at = :tried_at,
    accepted_at = :accepted_at,
    retry_at = :retry_at
WHERE id = :id AND state NOT IN ('accepted', 'failed');
