-- One row per entry with where it stands on its unit's day: the rule of what counts, written once.
-- counted     the accepted entry that the totals use: a unit's own outranks its parent's consolidated one,
--             then the latest receipt counts, then the highest number
-- superseded  an accepted entry outranks it, or an officer's correction took its place; also said of held
--             ones:
--             a later clean file settles a doubt
-- held        waits for a person
-- rejected    by verdict
-- Parameters: none.
CREATE VIEW standing_entry AS
SELECT
    entry.id,
    entry.campaign,
    entry.submission_id,
    entry.ordinal,
    entry.unit,
    entry.label,
    entry.day,
    entry.stated_day,
    entry.origin,
    entry.received_at,
    entry.document,
    entry.sheet,
    entry.cell,
    entry.state,
    entry.verdict_id,
    CASE
        WHEN entry.state = 'rejected' THEN 'rejected'
        WHEN entry.replaced_by IS NOT NULL THEN 'superseded'
        WHEN EXISTS (
            SELECT 1
            FROM entry AS rival
            WHERE
                rival.campaign = entry.campaign
                AND rival.unit = entry.unit
                AND rival.state = 'accepted'
                AND rival.day = entry.day
                AND (CASE rival.origin WHEN 'own' THEN 1 ELSE 0 END, rival.received_at, rival.id)
                > (CASE entry.origin WHEN 'own' THEN 1 ELSE 0 END, entry.received_at, entry.id)
        ) THEN 'superseded'
        WHEN entry.state = 'accepted' THEN 'counted'
        ELSE 'held'
    END AS standing
FROM entry;
