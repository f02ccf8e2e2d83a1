-- Notes that a session was used. Parameters: :token_hash, :at.
UPDATE desk_session
SET seen_at = :at
WHERE token_hash = :token_hash AND ended_at IS NULL AND seen_at < :at;
