-- One row per entry of the day's submissions, with where it stands now.
-- Parameters: :submissions (list).
SELECT
    standing_entry.id,
    standing_entry.submission_id,
    standing_entry.ordinal,
    standing_entry.unit,
    standing_entry.label,
    standing_entry.day,
    standing_entry.stated_day,
    standing_entry.origin,
    standing_entry.received_at,
    standing_entry.document,
    standing_entry.sheet,
    standing_entry.cell,
    standing_entry.state,
    standing_entry.standing,
    entry.fingerprint,
    entry.verdict_id,
    entry.replaced_by,
    entry.decided_by
FROM standing_entry
INNER JOIN entry ON standing_entry.id = entry.id
WHERE standing_entry.submission_id IN :submissions
ORDER BY standing_entry.submission_id, standing_entry.id;
