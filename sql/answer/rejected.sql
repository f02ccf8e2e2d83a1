-- One row per rejection since a moment that stands and was not told yet, oldest first, with whom it concerns.
-- Parameters: :campaign, :since_at.
SELECT
    verdict.id AS verdict_id,
    verdict.submission_id,
    verdict.unit,
    verdict.day,
    verdict.reason,
    verdict.code,
    submission.name,
    submission.sha256,
    submission.sender,
    submission.provenance,
    submission.received_at
FROM verdict
INNER JOIN submission ON verdict.submission_id = submission.id
LEFT JOIN verdict AS later ON verdict.id = later.withdraws
WHERE
    verdict.campaign = :campaign
    AND verdict.decision = 'reject'
    AND verdict.at >= :since_at
    AND later.id IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM outgoing
        WHERE outgoing.key = 'rejected/' || verdict.campaign || '/' || CAST(verdict.id AS TEXT)
    )
ORDER BY verdict.id;
