//! Numbers with nouns in the right plural form: Arabic has six (CLDR's plural categories), English two.

use crate::corpus::Language;

/// A noun that is counted.
#[derive(Clone, Copy, Debug)]
pub enum Noun {
    /// Days.
    Day,
    /// Months.
    Month,
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
        Noun::Month => Forms { ar: ["شهر واحد", "شهران", "أشهر", "شهراً", "شهر"], en: ["month", "months"] },
        Noun::Clause => Forms { ar: ["بند واحد", "بندان", "بنود", "بنداً", "بند"], en: ["clause", "clauses"] },
        Noun::Milestone => Forms { ar: ["محطة واحدة", "محطتان", "محطات", "محطة", "محطة"], en: ["milestone", "milestones"] },
        Noun::Note => Forms { ar: ["ملاحظة واحدة", "ملاحظتان", "ملاحظات", "ملاحظة", "ملاحظة"], en: ["note", "notes"] },
        Noun::Mention => Forms { ar: ["مرة واحدة", "مرتين", "مرات", "مرة", "مرة"], en: ["time", "times"] },
        Noun::Quotation => {
            Forms { ar: ["اقتباس واحد", "اقتباسان", "اقتباسات", "اقتباساً", "اقتباس"], en: ["quotation", "quotations"] }
        }
    }
}

/// A number with a noun: `2 days`, `يومان`.
pub fn format_count(number: u64, noun: Noun, language: Language) -> String {
    let forms = forms(noun);
    match language {
        Language::En if matches!((noun, number), (Noun::Mention, 1)) => "once".to_owned(),
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

/// About the distance to a day that is an estimate: `about 16 months ago`, in days only if it is less than two months.
pub fn format_about_days_away(days: i64, language: Language) -> String {
    let number = days.unsigned_abs();
    // A month has 30.4 days on average.
    let months = (number * 10 + 152) / 304;
    let distance = match (language, months) {
        (_, 0 | 1) if number == 2 && language == Language::Ar => "يومين".to_owned(),
        (_, 0 | 1) => format_count(number, Noun::Day, language),
        (Language::Ar, 2) => "شهرين".to_owned(),
        _ => format_count(months, Noun::Month, language),
    };
    match (language, days) {
        (_, 0) => format_days_away(0, language),
        (Language::En, 1..) => format!("in about {distance}"),
        (Language::En, _) => format!("about {distance} ago"),
        (Language::Ar, 1..) => format!("بعد نحو {distance}"),
        (Language::Ar, _) => format!("قبل نحو {distance}"),
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
    fn an_estimated_distance_is_in_months_from_two_months_on() {
        for (days, en, ar) in [
            (-485, "about 16 months ago", "قبل نحو 16 شهراً"),
            (-61, "about 2 months ago", "قبل نحو شهرين"),
            (-30, "about 30 days ago", "قبل نحو 30 يوماً"),
            (0, "today", "اليوم"),
            (2, "in about 2 days", "بعد نحو يومين"),
            (300, "in about 10 months", "بعد نحو 10 أشهر"),
        ] {
            assert_eq!([Language::En, Language::Ar].map(|language| format_about_days_away(days, language)), [en, ar]);
        }
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
