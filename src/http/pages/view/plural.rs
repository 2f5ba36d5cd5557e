//! Numbers with nouns in the right plural form: Arabic has six (CLDR's plural categories), English two.

use crate::corpus::{Language, Precision};

/// A noun that is counted.
#[derive(Clone, Copy, Debug)]
pub enum Noun {
    /// Days.
    Day,
    /// Months.
    Month,
    /// Years.
    Year,
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
        Noun::Year => Forms { ar: ["سنة واحدة", "سنتان", "سنوات", "سنة", "سنة"], en: ["year", "years"] },
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
        Language::En if matches!((noun, number), (Noun::Mention, 2)) => "twice".to_owned(),
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

/// The distance to a time that is an estimate, in its unit or a coarser one: `about 16 months ago`. A distance of days to a month
/// would be more exact than the month.
pub fn format_about_days_away(days: i64, unit: Precision, language: Language) -> String {
    let number = days.unsigned_abs();
    // A month has 30.4 days on average, a year 365.25.
    let (months, years) = ((number * 10 + 152) / 304, (number * 100 + 18_262) / 36_525);
    let ar = language == Language::Ar;
    let after_preposition = |number: u64, noun: Noun, dual: &str| if ar && number == 2 { dual.to_owned() } else { format_count(number, noun, language) };
    let about = |distance: String| if ar { format!("نحو {distance}") } else { format!("about {distance}") };
    let distance = match unit {
        Precision::Day if days == 0 => return if ar { "الآن تقريباً".to_owned() } else { "about now".to_owned() },
        Precision::Day if months < 2 => about(after_preposition(number, Noun::Day, "يومين")),
        Precision::Month if months < 2 => (if ar { "أقل من شهرين" } else { "less than two months" }).to_owned(),
        Precision::Day | Precision::Month if months < 24 => about(after_preposition(months, Noun::Month, "شهرين")),
        Precision::Year | Precision::Unknown if years < 2 => (if ar { "أقل من سنتين" } else { "less than two years" }).to_owned(),
        _ => about(after_preposition(years, Noun::Year, "سنتين")),
    };
    match (language, days) {
        (Language::En, 0..) => format!("in {distance}"),
        (Language::En, _) => format!("{distance} ago"),
        (Language::Ar, 0..) => format!("بعد {distance}"),
        (Language::Ar, _) => format!("قبل {distance}"),
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
    fn a_distance_to_an_estimate_is_no_more_exact_than_the_estimate() {
        use Precision::{Day, Month, Unknown, Year};
        for (days, unit, en, ar) in [
            (-485, Month, "about 16 months ago", "قبل نحو 16 شهراً"),
            (-485, Day, "about 16 months ago", "قبل نحو 16 شهراً"),
            (-61, Day, "about 2 months ago", "قبل نحو شهرين"),
            (-30, Day, "about 30 days ago", "قبل نحو 30 يوماً"),
            (-30, Month, "less than two months ago", "قبل أقل من شهرين"),
            (0, Day, "about now", "الآن تقريباً"),
            (0, Month, "in less than two months", "بعد أقل من شهرين"),
            (2, Day, "in about 2 days", "بعد نحو يومين"),
            (300, Month, "in about 10 months", "بعد نحو 10 أشهر"),
            (300, Year, "in less than two years", "بعد أقل من سنتين"),
            (-740, Month, "about 2 years ago", "قبل نحو سنتين"),
            (-4_000, Unknown, "about 11 years ago", "قبل نحو 11 سنة"),
        ] {
            assert_eq!([Language::En, Language::Ar].map(|language| format_about_days_away(days, unit, language)), [en, ar]);
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
