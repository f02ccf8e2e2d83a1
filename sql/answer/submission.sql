-- One row per submission and, of a duplicate, other submission of the same bytes, first one first.
-- Parameters: :submissions (list).
SELECT
    submission.id,
    submission.name,
    submission.sha256,
    submission.sender,
    submission.branch,
    submission.received_at,
    submission.received_day,
    original.id AS original_id,
    original.received_at AS original_at
FROM submission
LEFT JOIN submission AS original
    ON
        submission.state = 'duplicate'
        AND submission.campaign = original.campaign
        AND submission.sha256 = original.sha256
        AND submission.id <> original.id
        AND original.state <> 'duplicate'
WHERE submission.id IN :submissions
ORDER BY submission.id, original.id;
