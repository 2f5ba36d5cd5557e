//! English words: case, plural, and British or American spelling are seen through, and nothing else.

/// Words whose `s` is no plural.
const NO_PLURALS: [&str; 23] = [
    "news",
    "always",
    "perhaps",
    "besides",
    "means",
    "series",
    "this",
    "thus",
    "plus",
    "paris",
    "tunis",
    "iris",
    "debris",
    "chassis",
    "hamas",
    "texas",
    "kansas",
    "abbas",
    "christmas",
    "canvas",
    "atlas",
    "whereas",
    "honduras",
];

/// Plurals that no rule makes.
const PLURALS: [(&str, &str); 8] = [
    ("men", "man"),
    ("women", "woman"),
    ("children", "child"),
    ("crises", "crisis"),
    ("theses", "thesis"),
    ("hypotheses", "hypothesis"),
    ("indices", "index"),
    ("criteria", "criterion"),
];

/// British spellings of single words, and their American ones.
const SPELLINGS: [(&str, &str); 33] = [
    ("defence", "defense"),
    ("offence", "offense"),
    ("licence", "license"),
    ("pretence", "pretense"),
    ("practise", "practice"),
    ("adviser", "advisor"),
    ("judgement", "judgment"),
    ("acknowledgement", "acknowledgment"),
    ("grey", "gray"),
    ("sceptical", "skeptical"),
    ("fulfil", "fulfill"),
    ("fulfilment", "fulfillment"),
    ("enrol", "enroll"),
    ("instalment", "installment"),
    ("towards", "toward"),
    ("afterwards", "afterward"),
    ("ageing", "aging"),
    ("artefact", "artifact"),
    ("cheque", "check"),
    ("tyre", "tire"),
    ("kerb", "curb"),
    ("plough", "plow"),
    ("draught", "draft"),
    ("manoeuvre", "maneuver"),
    ("travelled", "traveled"),
    ("travelling", "traveling"),
    ("cancelled", "canceled"),
    ("cancelling", "canceling"),
    ("labelled", "labeled"),
    ("modelled", "modeled"),
    ("signalled", "signaled"),
    ("counsellor", "counselor"),
    ("sulphur", "sulfur"),
];

/// Short words that are names only in capitals.
const CAPITALS_ONLY: [&str; 4] = ["is", "it", "who", "as"];

/// The one form of a word, which is in small letters.
///
/// ```
/// use bayan::text::english::stem;
///
/// assert_eq!(stem("organisations"), stem("organization"));
/// assert_eq!(stem("programmes"), stem("program"));
/// assert_ne!(stem("news"), stem("new"));
/// ```
#[must_use]
pub fn stem(word: &str) -> String {
    american(&singular(word))
}

/// A word as a part of a name.
#[must_use]
pub fn light_stem(word: &str, capitals: bool) -> String {
    if capitals && CAPITALS_ONLY.contains(&word) { word.to_uppercase() } else { stem(word) }
}

fn singular(word: &str) -> String {
    if let Some((_, one)) = PLURALS.iter().find(|(many, _)| *many == word) {
        return (*one).to_owned();
    }
    if word.len() <= 3 || NO_PLURALS.contains(&word) || ["ss", "us", "sis", "xis"].iter().any(|ending| word.ends_with(ending)) {
        return word.to_owned();
    }
    let without = |ending: &str, put: &str| word.strip_suffix(ending).map(|rest| format!("{rest}{put}"));
    let es = ["sses", "shes", "ches", "xes"].iter().any(|ending| word.ends_with(ending));
    if es {
        return word[..word.len() - 2].to_owned();
    }
    (word.len() > 4).then(|| without("ies", "y").or_else(|| without("oes", "o"))).flatten().or_else(|| without("s", "")).unwrap_or_else(|| word.to_owned())
}

fn american(word: &str) -> String {
    if let Some((_, american)) = SPELLINGS.iter().find(|(british, _)| *british == word) {
        return (*american).to_owned();
    }
    // Both sides of a match pass through here, so that a rule may reach words that never had two spellings.
    let rules = [
        ("isation", "ization"),
        ("ising", "izing"),
        ("ised", "ized"),
        ("ise", "ize"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("ysing", "yzing"),
        ("logue", "log"),
        ("ramme", "ram"),
        ("entre", "enter"),
        ("etre", "eter"),
        ("itre", "iter"),
        ("eatre", "eater"),
        ("our", "or"),
        ("oured", "ored"),
        ("ouring", "oring"),
        ("ourable", "orable"),
        ("ourhood", "orhood"),
    ];
    let rule = rules.iter().find_map(|(british, american)| word.strip_suffix(british).filter(|rest| rest.len() > 1).map(|rest| format!("{rest}{american}")));
    rule.unwrap_or_else(|| word.to_owned())
}
