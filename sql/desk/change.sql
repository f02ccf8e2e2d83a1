-- One row: numbers that grow whenever something is recorded; on the first five hang totals and editions.
-- Parameters: none.
SELECT
    (SELECT MAX(id) FROM entry) AS entry,
    (SELECT MAX(id) FROM verdict) AS verdict,
    (SELECT MAX(id) FROM waiver) AS waiver,
    (SELECT COUNT(*) FROM waiver_end) AS waiver_end,
    (SELECT MAX(id) FROM edition) AS edition,
    (SELECT MAX(id) FROM submission) AS submission,
    (SELECT MAX(id) FROM sighting) AS sighting,
    (SELECT MAX(id) FROM finding) AS finding,
    (SELECT MAX(id) FROM attempt) AS attempt,
    (SELECT MAX(id) FROM outgoing) AS outgoing,
    (SELECT MAX(id) FROM call_note) AS call_note,
    (SELECT MAX(id) FROM audit) AS audit;
