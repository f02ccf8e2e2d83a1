-- A finding that was accepted on the same figures before comes to rest.
-- Parameters: :entry_id, :code, :indicator (NULL: the finding names none), :verdict_id.
UPDATE finding SET settled = 'accepted', verdict_id = :verdict_id
WHERE
    entry_id = :entry_id
    AND code = :code
    AND COALESCE(indicator, '') = COALESCE(CAST(:indicator AS TEXT), '')
    AND settled IS NULL;
