-- One row per verdict on an entry or a finding of it after the one seen, the last one first.
-- Parameters: :entry_id, :seen.
SELECT
    id,
    officer
FROM verdict
WHERE entry_id = :entry_id AND id > :seen
ORDER BY id DESC;
