-- One session, known by its token's hash.
-- Parameters: :token_hash, :officer_id, :csrf, :created_at, :expires_at.
INSERT INTO desk_session (token_hash, officer_id, csrf, created_at, seen_at, expires_at)
VALUES (:token_hash, :officer_id, :csrf, :created_at, :created_at, :expires_at);
