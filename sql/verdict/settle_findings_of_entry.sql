-- Every open finding of an entry comes to rest. Parameters: :entry_id, :settled, :verdict_id.
UPDATE finding SET settled = :settled, verdict_id = :verdict_id
WHERE entry_id = :entry_id AND settled IS NULL;
