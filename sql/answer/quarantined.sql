-- One row per submission that waits in quarantine and came since a moment, oldest first, with where it was
-- first seen. Parameters: :campaign, :since_at, :source (NULL: any).
SELECT
    submission.id,
    submission.name,
    submission.sender,
    submission.received_at,
    submission.sha256,
    submission.size,
    sighting.source,
    sighting.key
FROM submission
INNER JOIN sighting ON submission.id = sighting.submission_id
WHERE
    submission.campaign = :campaign
    AND submission.state = 'quarantined'
    AND submission.received_at >= :since_at
    AND sighting.id = (
        SELECT MIN(first.id)
        FROM sighting AS first
        WHERE first.submission_id = submission.id
    )
    AND (CAST(:source AS TEXT) IS NULL OR sighting.source = :source)
ORDER BY submission.received_at, submission.id;
