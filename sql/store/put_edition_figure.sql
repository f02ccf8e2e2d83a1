-- One frozen figure. Parameters: :edition_id, :unit, :indicator, :position, :value, :previous, :previous_day,
-- :carried_from, :is_stated, :entry_id.
INSERT INTO edition_figure (
    edition_id, unit, indicator, position, value, previous, previous_day, carried_from, is_stated, entry_id
)
VALUES (
    :edition_id, :unit, :indicator, :position, :value, :previous, :previous_day, :carried_from, :is_stated,
    :entry_id
);
