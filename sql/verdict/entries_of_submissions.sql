-- One row per entry of the submissions. Parameters: :submissions (list).
SELECT id
FROM entry
WHERE submission_id IN :submissions
ORDER BY id;
