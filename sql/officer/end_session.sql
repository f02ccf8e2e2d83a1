-- Ends one session; the first time stays. Parameters: :token_hash, :at.
UPDATE desk_session
SET ended_at = :at
WHERE token_hash = :token_hash AND ended_at IS NULL;
