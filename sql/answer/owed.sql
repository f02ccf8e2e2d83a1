-- One row per submission by mail that was dealt with and has no answer in the outbox, oldest first.
-- Parameters: :campaign, :since_at, :most.
SELECT submission.id
FROM submission
WHERE
    submission.campaign = :campaign
    AND submission.state IN ('read', 'unreadable', 'duplicate')
    AND submission.received_at >= :since_at
    AND submission.sender IS NOT NULL
    AND submission.provenance IN ('aligned', 'unauthenticated', 'unknown')
    AND NOT EXISTS (
        SELECT 1
        FROM outgoing
        WHERE outgoing.key = 'answer/' || submission.campaign || '/' || CAST(submission.id AS TEXT)
    )
ORDER BY submission.received_at, submission.id
LIMIT :most;
