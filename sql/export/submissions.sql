-- One row per submission of the day.
-- Parameters: :submissions (list).
SELECT
    id,
    sha256,
    name,
    size,
    sender,
    branch,
    received_at,
    received_day,
    state,
    provenance,
    letter
FROM submission
WHERE id IN :submissions
ORDER BY id;
