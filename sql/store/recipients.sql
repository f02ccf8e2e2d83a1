-- One row per recipient of a message, in the order given. Parameters: :outgoing_id.
SELECT
    address,
    kind
FROM delivery
WHERE outgoing_id = :outgoing_id
ORDER BY id;
