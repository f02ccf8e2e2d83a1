-- The findings on a corrected figure come to rest. Parameters: :entry_id, :field, :verdict_id.
UPDATE finding SET settled = 'corrected', verdict_id = :verdict_id
WHERE entry_id = :entry_id AND indicator = :field AND settled IS NULL;
