-- One row per submission that the day has to do with: received on it, with an entry or a finding of it, or
-- read for a figure of one of its editions (which may be carried from an earlier day).
-- Parameters: :campaign, :day.
SELECT id AS submission_id
FROM submission
WHERE campaign = :campaign AND received_day = :day
UNION
SELECT submission_id
FROM entry
WHERE campaign = :campaign AND day = :day
UNION
SELECT submission_id
FROM finding
WHERE campaign = :campaign AND day = :day
UNION
SELECT entry.submission_id
FROM edition
INNER JOIN edition_figure ON edition.id = edition_figure.edition_id
INNER JOIN entry ON edition_figure.entry_id = entry.id
WHERE edition.campaign = :campaign AND edition.day = :day
ORDER BY submission_id;
