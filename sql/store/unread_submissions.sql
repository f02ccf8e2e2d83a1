-- One row per submission nobody has read, oldest first, with the source it was first seen in.
-- Parameters: :campaign, :limit.
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
    COALESCE(sighting.source, '') AS source
FROM submission
LEFT JOIN sighting
    ON sighting.id = (SELECT MIN(first.id) FROM sighting AS first WHERE first.submission_id = submission.id)
WHERE submission.campaign = :campaign AND submission.state = 'received'
ORDER BY submission.received_at, submission.id
LIMIT :limit;
