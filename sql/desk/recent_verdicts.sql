-- One row per verdict since a moment, the last one first. Parameters: :campaign, :since_at, :until_at, :most.
SELECT
    id,
    at,
    officer,
    decision,
    unit,
    code,
    reason
FROM verdict
WHERE campaign = :campaign AND at >= :since_at AND at <= :until_at
ORDER BY at DESC, id DESC
LIMIT :most;
