-- The noun of 2c («للانسحاب») is translated by a noun, so that who looks for a "withdrawal" finds it.

UPDATE clauses SET en = 'in preparation for withdrawal from the capital, Baghdad' WHERE id = 'iq-us-2024-09-27-2c';

INSERT INTO revisions (revision, at) VALUES (2, '2026-11-24T20:00:00Z');

INSERT INTO changes (id, statement, revision, position, action, resource, target, summary_ar, summary_en) VALUES
    ('r2-clauses-iq-us-2024-09-27-2c', 'iq-us-2024-09-27', 2, 1, 'corrected', 'clauses', 'iq-us-2024-09-27-2c',
     'ترجمة 2c: «للانسحاب» اسم، فتُرجم باسم', 'Translation of 2c: «للانسحاب» is a noun, and is translated by one');
