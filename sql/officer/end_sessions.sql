-- Ends every session of an officer. Parameters: :name, :at.
UPDATE desk_session
SET ended_at = :at
WHERE
    ended_at IS NULL
    AND officer_id IN (
        SELECT officer.id
        FROM officer
        WHERE officer.name = :name
    );
