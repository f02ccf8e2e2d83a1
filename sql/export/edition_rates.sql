-- One row per frozen rate of the day's editions.
-- Parameters: :campaign, :day.
SELECT
    edition.number AS edition,
    edition_rate.position,
    edition_rate.unit,
    edition_rate.rate,
    edition_rate.value,
    edition_rate.previous,
    edition_rate.target,
    edition_rate.gap,
    edition_rate.place
FROM edition_rate
INNER JOIN edition ON edition_rate.edition_id = edition.id
INNER JOIN edition_line
    ON edition_rate.edition_id = edition_line.edition_id AND edition_rate.unit = edition_line.unit
WHERE edition.campaign = :campaign AND edition.day = :day
ORDER BY edition.number, edition_line.position, edition_rate.position;
