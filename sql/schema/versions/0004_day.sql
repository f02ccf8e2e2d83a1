-- One row per campaign, day and submission that the day has to do with: received on it, with an entry or a
-- finding of it, or read for a figure of one of its editions (which may be carried from an earlier day).
-- Parameters: none.
CREATE VIEW submission_of_day AS
SELECT
    campaign,
    received_day AS day,
    id AS submission_id
FROM submission
UNION
SELECT
    campaign,
    day,
    submission_id
FROM entry
UNION
SELECT
    campaign,
    day,
    submission_id
FROM finding
UNION
SELECT
    edition.campaign,
    edition.day,
    entry.submission_id
FROM edition
INNER JOIN edition_figure ON edition.id = edition_figure.edition_id
INNER JOIN entry ON edition_figure.entry_id = entry.id;
