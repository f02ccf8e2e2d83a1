-- One row per frozen figure of the day's editions; the entry says where it was read.
-- Parameters: :campaign, :day.
SELECT
    edition.number AS edition,
    edition_figure.position,
    edition_figure.unit,
    edition_figure.indicator,
    edition_figure.value,
    edition_figure.previous,
    edition_figure.previous_day,
    edition_figure.carried_from,
    edition_figure.is_stated,
    edition_figure.entry_id
FROM edition_figure
INNER JOIN edition ON edition_figure.edition_id = edition.id
INNER JOIN edition_line
    ON edition_figure.edition_id = edition_line.edition_id AND edition_figure.unit = edition_line.unit
WHERE edition.campaign = :campaign AND edition.day = :day
ORDER BY edition.number, edition_line.position, edition_figure.position;
