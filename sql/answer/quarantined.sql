-- One row per submission that waits in quarantine and came since a moment, oldest first.
-- Parameters: :campaign, :since_at.
SELECT
    id,
    name,
    sender,
    received_at,
    sha256,
    size
FROM submission
WHERE campaign = :campaign AND state = 'quarantined' AND received_at >= :since_at
ORDER BY received_at, id;
