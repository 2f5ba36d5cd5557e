//! Synonyms: words in queries that stand for other words in texts (`data/synonyms.tsv`).

use std::{collections::HashMap, sync::LazyLock};

use crate::text::{
    alias_key::alias_key,
    numerals::Numeral,
    tsv,
    units::{Unit, units},
    words::tokenize,
};

/// An expression in queries, and its synonyms in texts.
#[derive(Debug)]
pub struct Synonym {
    /// The tokens that each word of the expression may be recognised by.
    asked: Vec<Vec<String>>,
    /// Its synonyms in texts.
    pub found: Vec<Expression>,
}

/// A synonym in a text.
#[derive(Debug)]
pub struct Expression {
    /// The stems of each word.
    pub words: Vec<Vec<String>>,
    /// Its key, if it is an alias.
    pub key: String,
}

/// The rows of the table by the tokens of their first words.
static SYNONYMS: LazyLock<HashMap<String, Vec<Synonym>>> = LazyLock::new(|| {
    let mut synonyms: HashMap<String, Vec<Synonym>> = HashMap::new();
    for row in tsv::rows(include_str!("data/synonyms.tsv")) {
        let Some((relation, expressions)) = row.split_first() else { continue };
        let asked = if *relation == "=" { expressions } else { &expressions[..1.min(expressions.len())] };
        for one in asked {
            let words = tokenize(one);
            let asked: Vec<Vec<String>> = units(&words).iter().map(tokens).collect();
            let others = || expressions.iter().filter(|other| *other != one).map(|other| expression(other)).collect();
            for first in asked.first().into_iter().flatten() {
                synonyms.entry(first.clone()).or_default().push(Synonym { asked: asked.clone(), found: others() });
            }
        }
    }
    synonyms
});

fn expression(words: &str) -> Expression {
    Expression { words: units(&tokenize(words)).iter().map(Unit::query_stems).collect(), key: alias_key(words) }
}

/// The tokens of a word in an expression: its stems in a name, and the verbs that it may be a form of.
fn tokens(unit: &Unit<'_>) -> Vec<String> {
    let english = unit.words.iter().filter(|word| !word.is_arabic());
    let number = unit.numeral.map(Numeral::token);
    unit.light_stems().into_iter().chain(english.flat_map(|word| crate::text::english::verbs(&word.text()))).chain(number).collect()
}

/// The rows whose expression these units begin with, and how many units that is.
#[must_use]
pub fn synonyms(units: &[Unit<'_>]) -> Vec<(&'static Synonym, usize)> {
    let Some(first) = units.first() else { return Vec::new() };
    let mut found: Vec<(&'static Synonym, usize)> = Vec::new();
    for synonym in tokens(first).iter().flat_map(|token| SYNONYMS.get(token).map_or(&[][..], Vec::as_slice)) {
        let length = synonym.asked.len();
        let is = |(unit, asked): (&Unit<'_>, &Vec<String>)| tokens(unit).iter().any(|token| asked.contains(token));
        if length <= units.len() && units.iter().zip(&synonym.asked).all(is) && !found.iter().any(|(known, _)| std::ptr::eq(*known, synonym)) {
            found.push((synonym, length));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_has_a_relation_and_two_expressions_of_words() {
        for row in tsv::rows(include_str!("data/synonyms.tsv")) {
            assert!(matches!(row[0], "=" | ">") && row.len() >= 3, "{row:?}");
            assert!(row[1..].iter().all(|expression| !tokenize(expression).is_empty()), "{row:?}");
        }
    }

    #[test]
    fn the_forms_of_an_expression_are_seen_through() {
        let targets = |typed: &str| -> Vec<String> {
            synonyms(&units(&tokenize(typed))).iter().flat_map(|(synonym, _)| &synonym.found).map(|found| found.key.clone()).collect()
        };
        assert!(targets("pulled out of").contains(&"_withdrawal_from".to_owned()));
        assert!(targets("Troops").contains(&"_force".to_owned()));
        assert!(targets("U.S.-led coalition").contains(&"_international_coalition".to_owned()));
        assert!(targets("forces").is_empty());
    }
}
