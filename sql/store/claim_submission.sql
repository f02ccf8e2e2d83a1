-- One submission taken by one reading; taken before, by whomever: left alone.
-- Parameters: :campaign, :id, :state, :reading.
UPDATE submission
SET state = :state, reading = :reading
-- By its key and no other way: what PostgreSQL last learnt may be that nothing is received. The index of
-- states then seems as good, and it would go through all that is received for each.
WHERE id = :id AND campaign = :campaign AND state || '' = 'received';
