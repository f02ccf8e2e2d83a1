-- One submission taken by one reading; taken before, by whomever: left alone.
-- Parameters: :campaign, :id, :state, :reading.
UPDATE submission
SET state = :state, reading = :reading
WHERE id = :id AND campaign = :campaign AND state = 'received';
