-- One row per submission asked for whose bytes others have as well, and unit for which those were read (NULL:
-- for none yet). Parameters: :submissions.
SELECT DISTINCT
    mine.id,
    mine.sha256,
    entry.unit
FROM submission AS mine
INNER JOIN submission AS earlier
    ON mine.campaign = earlier.campaign AND mine.sha256 = earlier.sha256 AND mine.id <> earlier.id
LEFT OUTER JOIN entry ON earlier.id = entry.submission_id
WHERE mine.id IN :submissions;
