-- One row per submission nobody has read, oldest first, with the source it was first seen in.
-- Parameters: :campaign, :most.
SELECT
    submission.id,
    submission.sha256,
    submission.name,
    submission.size,
    submission.sender,
    submission.branch,
    submission.received_at,
    submission.received_day,
    submission.state,
    submission.provenance,
    (
        SELECT sighting.source
        FROM sighting
        WHERE sighting.submission_id = submission.id
        ORDER BY sighting.id
        LIMIT 1
    ) AS source
FROM submission
WHERE submission.campaign = :campaign AND submission.state = 'received'
ORDER BY submission.received_at, submission.id
LIMIT :most;
