-- One row per deed of the day, and per later one on these subjects. Exports are left out: they only read, and
-- no archive must change because one was taken.
-- Parameters: :since_at, :until_at, :subjects (list).
SELECT
    id,
    at,
    actor,
    action,
    subject,
    detail
FROM audit
WHERE
    action <> 'export'
    AND ((at >= :since_at AND at < :until_at) OR subject IN :subjects)
ORDER BY id;
