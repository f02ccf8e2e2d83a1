-- One frozen rate.
-- Parameters: :edition_id, :unit, :rate, :position, :value, :previous, :target, :gap, :place.
INSERT INTO edition_rate (edition_id, unit, rate, position, value, previous, target, gap, place)
VALUES (:edition_id, :unit, :rate, :position, :value, :previous, :target, :gap, :place);
