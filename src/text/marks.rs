//! Marks: the quotation marks, dashes, commas and ellipses that writers and keyboards vary.

/// The marks of quotation, of either script and direction. Apostrophes are among them.
pub const QUOTATION_MARKS: [char; 30] = [
    '"', '\'', '`', '´', '«', '»', '‘', '’', '‚', '‛', '“', '”', '„', '‟', '‹', '›', '「', '」', '『', '』', '〝', '〞', '〟', '＂', '＇', '｢', '｣', '❝', '❞',
    'ʼ',
];

/// Whether this is a mark of quotation.
#[must_use]
pub fn is_quotation_mark(char: char) -> bool {
    QUOTATION_MARKS.contains(&char)
}

/// Whether this is an apostrophe if it is between two Latin letters.
#[must_use]
pub const fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '’' | 'ʼ' | '＇' | '`' | '´')
}

/// Whether this is a dash of any length, or a minus.
#[must_use]
pub const fn is_dash(char: char) -> bool {
    matches!(char, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Whether this is a question or exclamation mark, which changes the meaning of the words before it.
#[must_use]
pub const fn changes_sentence(char: char) -> bool {
    matches!(char, '?' | '؟' | '!' | '！' | '？' | '‽')
}

/// A mark in the form that all its variants share. Quotation marks have none, since quoting adds and changes them.
#[must_use]
pub fn fold_mark(char: char) -> Option<char> {
    Some(match char {
        _ if is_quotation_mark(char) => return None,
        _ if is_dash(char) => '-',
        '،' | '⹁' | '、' | '，' | '٬' => ',',
        '؛' | '⁏' | '；' => ';',
        '؟' | '？' => '?',
        '！' => '!',
        '۔' | '。' | '．' | '٫' => '.',
        '：' | '\u{a789}' => ':',
        '⁄' | '∕' | '／' => '/',
        '٪' => '%',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_both_scripts_fold_to_one_form() {
        assert_eq!((fold_mark('،'), fold_mark('—'), fold_mark('«')), (Some(','), Some('-'), None));
    }
}
