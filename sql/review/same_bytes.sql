-- One row per submission asked for and unit for which others of the same bytes were read (NULL: none were).
-- Parameters: :submissions.
SELECT DISTINCT
    mine.id,
    mine.sha256,
    entry.unit
FROM submission AS mine
LEFT OUTER JOIN submission AS earlier
    ON mine.campaign = earlier.campaign AND mine.sha256 = earlier.sha256 AND mine.id <> earlier.id
LEFT OUTER JOIN entry ON earlier.id = entry.submission_id
WHERE mine.id IN :submissions;
