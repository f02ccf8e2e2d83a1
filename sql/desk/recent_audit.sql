-- One row per deed since a moment that somebody did at the desk, the last one first.
-- Parameters: :since_at, :until_at, :most.
SELECT
    at,
    actor,
    action,
    subject,
    detail
FROM audit
WHERE at >= :since_at AND at <= :until_at
ORDER BY id DESC
LIMIT :most;
