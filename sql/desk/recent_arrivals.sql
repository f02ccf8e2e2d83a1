-- One row per submission that came since a moment, the last one first, with the first unit it told of.
-- Parameters: :campaign, :since_at, :until_at, :most.
SELECT
    submission.id,
    submission.name,
    submission.sender,
    submission.branch,
    submission.state,
    submission.received_at,
    (
        SELECT MIN(entry.unit)
        FROM entry
        WHERE entry.submission_id = submission.id
    ) AS unit
FROM submission
WHERE
    submission.campaign = :campaign
    -- Whatever its state: named, so that the index of states leads to the moment and not through all history.
    AND submission.state IN ('received', 'read', 'unreadable', 'duplicate', 'ignored', 'quarantined')
    AND submission.received_at >= :since_at
    AND submission.received_at <= :until_at
ORDER BY submission.received_at DESC, submission.id DESC
LIMIT :most;
