//! Numbers with nouns in the right plural form: Arabic has six (CLDR's plural categories), English two.

use crate::corpus::Language;

/// A noun that is counted.
#[derive(Clone, Copy, Debug)]
pub enum Noun {
    /// Days.
    Day,
    /// Clauses.
    Clause,
    /// Milestones.
    Milestone,
    /// Editors' notes.
    Note,
    /// Mentions in the text.
    Mention,
    /// Quotations in a draft.
    Quotation,
}

/// The forms of a noun: in Arabic for 1, 2, 3 to 10, 11 to 99, and whole hundreds; in English for 1 and other numbers.
struct Forms {
    ar: [&'static str; 5],
    en: [&'static str; 2],
}

const fn forms(noun: Noun) -> Forms {
    match noun {
        Noun::Day => Forms { ar: ["يوم واحد", "يومان", "أيام", "يوماً", "يوم"], en: ["day", "days"] },
        Noun::Clause => Forms { ar: ["بند واحد", "بندان", "بنود", "بنداً", "بند"], en: ["clause", "clauses"] },
        Noun::Milestone => Forms { ar: ["محطة واحدة", "محطتان", "محطات", "محطة", "محطة"], en: ["milestone", "milestones"] },
        Noun::Note => Forms { ar: ["ملاحظة واحدة", "ملاحظتان", "ملاحظات", "ملاحظة", "ملاحظة"], en: ["note", "notes"] },
        Noun::Mention => Forms { ar: ["مرة واحدة", "مرتان", "مرات", "مرة", "مرة"], en: ["time", "times"] },
        Noun::Quotation => {
            Forms { ar: ["اقتباس واحد", "اقتباسان", "اقتباسات", "اقتباساً", "اقتباس"], en: ["quotation", "quotations"] }
        }
    }
}

/// A number with a noun: `2 days`, `يومان`.
pub fn format_count(number: u64, noun: Noun, language: Language) -> String {
    let forms = forms(noun);
    match language {
        Language::En => format!("{number} {}", forms.en[usize::from(number != 1)]),
        Language::Ar => {
            let [one, two, few, many, hundred] = forms.ar;
            match (number, number % 100) {
                (1, _) => one.to_owned(),
                (2, _) => two.to_owned(),
                (_, 3..=10) => format!("{number} {few}"),
                (_, 11..=99) => format!("{number} {many}"),
                _ => format!("{number} {hundred}"),
            }
        }
    }
}

/// The distance to a day: `in 2 days`, `بعد يومين`; a negative number is in the past.
pub fn format_days_away(days: i64, language: Language) -> String {
    let number = days.unsigned_abs();
    match (language, days) {
        (Language::En, 0) => "today".to_owned(),
        (Language::Ar, 0) => "اليوم".to_owned(),
        (Language::En, 1..) => format!("in {}", format_count(number, Noun::Day, language)),
        (Language::En, _) => format!("{} ago", format_count(number, Noun::Day, language)),
        // After a preposition the dual is in the genitive.
        (Language::Ar, 2) => "بعد يومين".to_owned(),
        (Language::Ar, -2) => "قبل يومين".to_owned(),
        (Language::Ar, 1..) => format!("بعد {}", format_count(number, Noun::Day, language)),
        (Language::Ar, _) => format!("قبل {}", format_count(number, Noun::Day, language)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_away_in_the_past_and_the_future() {
        let phrases = [-420, -2, -1, 0, 1, 2, 55].map(|days| [Language::En, Language::Ar].map(|language| format_days_away(days, language)));
        let expected = [
            ["420 days ago", "قبل 420 يوماً"],
            ["2 days ago", "قبل يومين"],
            ["1 day ago", "قبل يوم واحد"],
            ["today", "اليوم"],
            ["in 1 day", "بعد يوم واحد"],
            ["in 2 days", "بعد يومين"],
            ["in 55 days", "بعد 55 يوماً"],
        ];
        assert_eq!(phrases, expected);
    }

    #[test]
    fn arabic_has_its_own_plural_forms() {
        for (number, words) in [
            (0, "0 يوم"),
            (1, "يوم واحد"),
            (2, "يومان"),
            (3, "3 أيام"),
            (10, "10 أيام"),
            (11, "11 يوماً"),
            (99, "99 يوماً"),
            (100, "100 يوم"),
            (103, "103 أيام"),
            (420, "420 يوماً"),
        ] {
            assert_eq!(format_count(number, Noun::Day, Language::Ar), words);
        }
        assert_eq!([0, 1, 2].map(|number| format_count(number, Noun::Day, Language::En)), ["0 days", "1 day", "2 days"]);
    }
}
