-- Names that Arabic papers use are listed, and the noun of 2c («للانسحاب») is translated by a noun, so that who looks for a
-- "withdrawal" finds it.

UPDATE clauses SET en = 'in preparation for withdrawal from the capital, Baghdad' WHERE id = 'iq-us-2024-09-27-2c';

INSERT INTO actor_aliases (statement, actor, language, alias) VALUES
    ('iq-us-2024-09-27', 'daesh', 'ar', 'الدولة الإسلامية'),
    ('iq-us-2024-09-27', 'daesh', 'ar', 'تنظيم الدولة'),
    ('iq-us-2024-09-27', 'daesh', 'en', 'Islamic State group');

INSERT INTO location_aliases (statement, location, language, alias) VALUES
    ('iq-us-2024-09-27', 'kurdistan-region', 'ar', 'إقليم كردستان العراق'),
    ('iq-us-2024-09-27', 'kurdistan-region', 'ar', 'كردستان العراق'),
    ('iq-us-2024-09-27', 'north-east-syria', 'en', 'Northeastern Syria');

INSERT INTO revisions (revision, at) VALUES (2, '2026-11-24T20:00:00Z');

INSERT INTO changes (id, statement, revision, position, action, resource, target, summary_ar, summary_en) VALUES
    ('r2-clauses-iq-us-2024-09-27-2c', 'iq-us-2024-09-27', 2, 1, 'corrected', 'clauses', 'iq-us-2024-09-27-2c',
     'ترجمة 2c: «للانسحاب» اسم، فتُرجم باسم', 'Translation of 2c: «للانسحاب» is a noun, and is translated by one'),
    ('r2-actors-daesh', 'iq-us-2024-09-27', 2, 2, 'corrected', 'actors', 'daesh',
     'أضيفت أسماء أخرى لداعش', 'Other names of Daesh added'),
    ('r2-locations-kurdistan-region', 'iq-us-2024-09-27', 2, 3, 'corrected', 'locations', 'kurdistan-region',
     'أضيفت أسماء أخرى لإقليم كوردستان', 'Other names of the Kurdistan Region added'),
    ('r2-locations-north-east-syria', 'iq-us-2024-09-27', 2, 4, 'corrected', 'locations', 'north-east-syria',
     'أضيف اسم آخر لشمال شرق سوريا', 'Another name of north-east Syria added');
