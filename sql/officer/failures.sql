-- One row: how many tries failed since a moment, of a name and from an address.
-- Parameters: :name, :origin, :since_at.
SELECT
    (
        SELECT COUNT(*)
        FROM login_attempt
        WHERE name = :name AND at >= :since_at AND NOT succeeded
    ) AS of_name,
    (
        SELECT COUNT(*)
        FROM login_attempt
        WHERE origin = :origin AND at >= :since_at AND NOT succeeded
    ) AS of_origin;
