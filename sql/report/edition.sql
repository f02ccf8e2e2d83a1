-- One row: an edition and the one it replaces. Parameters: :id.
SELECT
    edition.id,
    edition.campaign,
    edition.day,
    edition.number,
    edition.digest,
    edition.made_at,
    edition.as_of_at,
    previous.id AS previous_id
FROM edition
LEFT JOIN edition AS previous
    ON
        edition.campaign = previous.campaign
        AND edition.day = previous.day
        AND edition.number = previous.number + 1
WHERE edition.id = :id;
