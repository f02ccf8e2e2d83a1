-- One row: a submission with its first source. Parameters: :id.
SELECT
    submission.id,
    submission.campaign,
    submission.sha256,
    submission.name,
    submission.sender,
    submission.branch,
    submission.received_at,
    submission.received_day,
    submission.state,
    (
        SELECT sighting.source
        FROM sighting
        WHERE sighting.submission_id = submission.id
        ORDER BY sighting.id
        LIMIT 1
    ) AS source
FROM submission
WHERE submission.id = :id;
