-- One row per file of a folder that was dealt with and has no answer beside it, oldest first, with the key of
-- its first sighting and the file an interrupted run meant to write.
-- Parameters: :campaign, :source, :since_at, :most.
SELECT
    submission.id,
    sighting.key,
    answer.file
FROM submission
INNER JOIN sighting ON submission.id = sighting.submission_id
LEFT JOIN folder_answer AS answer ON submission.id = answer.submission_id
WHERE
    submission.campaign = :campaign
    AND submission.state IN ('read', 'unreadable', 'duplicate')
    AND submission.received_at >= :since_at
    AND submission.provenance = 'folder'
    AND sighting.source = :source
    AND sighting.id = (
        SELECT MIN(other.id)
        FROM sighting AS other
        WHERE other.submission_id = submission.id
    )
    AND (answer.state IS NULL OR answer.state = 'writing')
ORDER BY submission.received_at, submission.id
LIMIT :most;
