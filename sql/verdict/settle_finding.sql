-- One finding comes to rest, unless it did before. Parameters: :id, :settled, :verdict_id.
UPDATE finding SET settled = :settled, verdict_id = :verdict_id
WHERE id = :id AND settled IS NULL;
