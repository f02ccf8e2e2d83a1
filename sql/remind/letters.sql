-- One row per letter that nobody has noted yet, oldest first. Parameters: :campaign, :most.
SELECT
    submission.id,
    submission.sha256,
    submission.sender,
    submission.branch,
    submission.received_at,
    submission.provenance,
    submission.letter
FROM submission
WHERE
    submission.campaign = :campaign
    AND submission.letter IS NOT NULL
    AND NOT EXISTS (
        SELECT 1
        FROM letter_noted
        WHERE letter_noted.submission_id = submission.id
    )
ORDER BY submission.received_at, submission.id
LIMIT :most;
