-- One row per submission handed in at the desk for a day, the last one first.
-- Parameters: :campaign, :prefix (how the sightings' keys of the day begin), :most.
SELECT
    submission.id,
    submission.name,
    submission.branch,
    submission.state,
    submission.size,
    submission.received_at,
    sighting.key,
    sighting.seen_at
FROM sighting
INNER JOIN submission ON sighting.submission_id = submission.id
WHERE
    sighting.campaign = :campaign
    AND sighting.source = 'desk'
    AND SUBSTR(sighting.key, 1, LENGTH(CAST(:prefix AS TEXT))) = :prefix
ORDER BY sighting.id DESC
LIMIT :most;
