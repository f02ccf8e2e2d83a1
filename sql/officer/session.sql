-- One row: the session of a token that goes on at a moment, with its officer.
-- Parameters: :token_hash, :at, :idle_at (seen before it: over).
SELECT
    officer.id,
    officer.name,
    officer.title,
    officer.role,
    officer.branch,
    officer.created_at,
    officer.disabled_at,
    desk_session.csrf,
    desk_session.seen_at,
    desk_session.expires_at,
    desk_session.created_at AS began_at
FROM desk_session
INNER JOIN officer ON desk_session.officer_id = officer.id
WHERE
    desk_session.token_hash = :token_hash
    AND desk_session.ended_at IS NULL
    AND desk_session.expires_at > :at
    AND desk_session.seen_at > :idle_at
    AND officer.disabled_at IS NULL;
