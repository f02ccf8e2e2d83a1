-- One figure of an entry. Parameters: :entry_id, :indicator, :value, :raw, :sheet, :cell, :doubt.
INSERT INTO figure (entry_id, indicator, value, raw, sheet, cell, doubt)
VALUES (:entry_id, :indicator, :value, :raw, :sheet, :cell, :doubt);
