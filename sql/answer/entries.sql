-- One row per entry of a submission with where it stands now, in the order of the file.
-- Parameters: :submissions (list).
SELECT
    id,
    submission_id,
    unit,
    label,
    day,
    stated_day,
    standing,
    document
FROM standing_entry
WHERE submission_id IN :submissions
ORDER BY submission_id, ordinal;
