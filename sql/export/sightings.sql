-- One row per place a submission of the day was seen in.
-- Parameters: :submissions (list).
SELECT
    id,
    submission_id,
    source,
    key,
    seen_at,
    acknowledged_at
FROM sighting
WHERE submission_id IN :submissions
ORDER BY submission_id, id;
