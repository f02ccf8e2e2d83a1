-- One row: how the last answer into a folder ended; none where there was none. Parameters: :source.
SELECT state
FROM folder_answer
WHERE source = :source AND state <> 'writing'
ORDER BY made_at DESC, submission_id DESC
LIMIT 1;
