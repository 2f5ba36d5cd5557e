//! Verification by candidates: of many statements, the few that are compared give the verdict that all of them would give.

use bayan::{
    corpus::Corpus,
    package::Package,
    storage,
    verify::{self, Asked, Judge, Library, Verdict, VerifyParams},
};
use serde_json::{Value, json};

use crate::packages;

/// More than are compared with a quotation.
const STATEMENTS: usize = 48;
/// How many quotations of each kind are verified.
const QUOTATIONS: usize = 4;
const ENGLISH: &str = "river bridge gauge weir lock ferry reading treaty level gate flood season harbour pump valley council engineer report winter summer \
    water stone timber market village border survey letter ministry committee levy tariff channel basin reservoir turbine meadow orchard quarry mill";
const ARABIC: &str = "نهر جسر مقياس سد هويس عبارة قراءة معاهدة منسوب بوابة فيضان موسم ميناء مضخة واد مجلس مهندس تقرير شتاء صيف \
    ماء حجر خشب سوق قرية حدود مسح رسالة وزارة لجنة رسم تعرفة قناة حوض خزان عنفة مرج بستان مقلع طاحونة";
/// What many statements have.
const SHARED: [&str; 6] = [
    "both sides will publish every reading",
    "no later than the end of the season",
    "as far as the levy allows it",
    "provided that the other side agrees",
    "the council of the river",
    "under the treaty of the basin",
];

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    /// A word of a list, of which the first are the most common.
    fn word<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let limit = self.below(words.len()) + 1;
        words[self.below(limit)]
    }

    fn words(&mut self, words: &str, count: usize) -> Vec<String> {
        let words: Vec<&str> = words.split_whitespace().collect();
        (0..count).map(|_| self.word(&words).to_owned()).collect()
    }
}

/// The clauses of a statement, in English and in Arabic.
type Clauses = Vec<(String, String)>;

fn clauses(numbers: &mut Numbers) -> Clauses {
    let clause = |_| {
        let mut english = numbers.words(ENGLISH, 8);
        english.insert(4, SHARED[numbers.below(SHARED.len())].to_owned());
        let count = 6 + numbers.below(4);
        (english.join(" "), numbers.words(ARABIC, count).join(" "))
    };
    (0..6).map(clause).collect()
}

fn package(number: usize, clauses: &Clauses) -> Package {
    let lines: Vec<String> = clauses.chunks(2).map(|pair| format!("On day {number} {}, {}.", pair[0].0, pair[1].0)).collect();
    let label = |at: usize| format!("{}{}", at / 2 + 1, if at.is_multiple_of(2) { 'a' } else { 'b' });
    let quote = |at: usize, english: &str| if at.is_multiple_of(2) { format!("On day {number} {english}") } else { english.to_owned() };
    let clause = |(at, (english, arabic)): (usize, &(String, String))| json!({"label": label(at), "quote": quote(at, english), "voice": "statement", "kind": "declaration", "translation": arabic});
    let actors =
        if number == 0 { json!([{"id": "river-council", "kind": "body", "name": {"ar": "مجلس النهر", "en": "River Council"}}]) } else { json!([]) };
    let document = json!({
        "format": 1, "id": format!("gen-{number:04}"), "kind": "communique", "title": {"ar": format!("بيان {number}"), "en": format!("Communiqué {number}")},
        "source": {"publisher": {"ar": "وكالة المثال", "en": "Example Agency"}, "language": "en", "text": lines.join("\n") + "\n"},
        "issuers": ["river-council"], "actors": actors, "clauses": clauses.iter().enumerate().map(clause).collect::<Vec<_>>(),
    });
    Package::from_text(format!("{number}.json").into(), document.to_string())
}

/// Quotations: verbatim, cut, altered, very short, of two clauses, of two paragraphs and of
/// the translation; and quotations of common words in an order that no statement has.
fn quotations(numbers: &mut Numbers, all: &[Clauses]) -> (Vec<String>, Vec<String>) {
    let (mut quotations, mut jumbled) = (Vec::new(), Vec::new());
    for _ in 0..QUOTATIONS {
        let statement = numbers.below(all.len());
        let of = &all[statement];
        let at = numbers.below(of.len() - 1);
        let (english, arabic) = &of[at];
        let words: Vec<&str> = english.split(' ').collect();
        let part = |numbers: &mut Numbers, length: usize| {
            let from = numbers.below(words.len() - length);
            words[from..from + length].to_vec()
        };
        let mut altered = words.clone();
        for _ in 0..=numbers.below(4) {
            let place = numbers.below(altered.len());
            altered[place] = numbers.word(&ENGLISH.split_whitespace().collect::<Vec<_>>());
        }
        let mut shortened = words.clone();
        shortened.drain(3..5 + numbers.below(3));
        let (mut swapped, mut longer) = (words.clone(), words.clone());
        swapped.swap(1, words.len() - 2);
        longer.insert(4, "unprecedented");
        let most_common = ENGLISH.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
        let common = 4 + numbers.below(5);
        let length = 1 + numbers.below(3);
        let translated: Vec<&str> = arabic.split(' ').collect();
        quotations.extend([
            english.clone(),
            part(numbers, length).join(" "),
            part(numbers, 6).join(" "),
            format!("{} … {}", words[..3].join(" "), words[words.len() - 3..].join(" ")),
            altered.join(" "),
            shortened.join(" "),
            arabic.clone(),
            translated[..length].join(" "),
            format!("{} […] {} [sic] {}", words[..3].join(" "), words[4..6].join(" "), words[7..9].join(" ")),
            swapped.join(" "),
            longer.join(" "),
            english.replacen('i', "ii", 1),
        ]);
        jumbled.push(numbers.words(&most_common, common).join(" "));
        jumbled.push(format!("{} {}", SHARED[numbers.below(SHARED.len())], SHARED[numbers.below(SHARED.len())]));
        if at.is_multiple_of(2) {
            quotations.push(format!("{}, {}", words[words.len() - 5..].join(" "), of[at + 1].0.split(' ').take(4).collect::<Vec<_>>().join(" ")));
        } else {
            let next: Vec<&str> = of[at + 1].0.split(' ').take(3).collect();
            quotations.push(format!("{}. On day {statement} {}", words[words.len() - 4..].join(" "), next.join(" ")));
        }
    }
    (quotations, jumbled)
}

async fn library(corpus: &Corpus, statement: Option<&str>, quotation: &str) -> Library {
    let statement = statement.map(|id| id.parse().unwrap());
    verify::load(corpus, statement.as_ref(), None, &[quotation]).await.unwrap().read().unwrap()
}

#[tokio::test]
async fn the_verdict_of_the_candidates_is_that_of_all_statements() {
    let (_folder, database) = packages::copy().await;
    let mut numbers = Numbers(7);
    let all: Vec<Clauses> = (0..STATEMENTS).map(|_| clauses(&mut numbers)).collect();
    let generated = all.iter().enumerate().map(|(number, clauses)| package(number, clauses)).collect();
    packages::import(&database, packages::checked(&database, generated).await).await;
    let corpus = storage::open(&database).await.unwrap();
    // All statements, as a comparison without candidates would have them.
    let mut full = library(&corpus, None, "").await;
    let ids = (0..STATEMENTS).map(|number| format!("gen-{number:04}")).chain(["iq-us-2024-09-27".to_owned()]);
    for id in ids {
        let mut own = library(&corpus, Some(&id), "").await;
        own.records.iter_mut().for_each(|record| record.is_one_of_several = true);
        full.records.append(&mut own.records);
        if id.starts_with("gen-") {
            full.registers = own.registers;
        }
    }
    let names = full.registers.names();
    let judge = Judge::new(&full, &names);
    let (mut wrong, mut kinds) = (Vec::new(), std::collections::BTreeMap::new());
    let (quotations, jumbled) = quotations(&mut numbers, &all);
    for quotation in quotations.iter().chain(&jumbled) {
        let outcome = judge.judge(quotation, &Asked::default(), &|| false).unwrap();
        let expected = serde_json::to_value(Verdict::new(&outcome, &Asked::default(), &full.registers, 1)).unwrap();
        let stored = verify::load(&corpus, None, None, &[quotation.as_str()]).await.unwrap();
        let compared = stored.read().unwrap().records.len();
        let is_long = expected["match"] == "exact" && quotation.split(' ').count() > 6;
        assert!(compared <= if is_long { 3 } else { 32 }, "{quotation}: {compared} statements");
        let params = VerifyParams { text: quotation.clone(), ..VerifyParams::default() };
        let found = serde_json::to_value(verify::verify(&stored, &params, 1, &|| false).unwrap()).unwrap();
        *kinds.entry(expected["match"].as_str().unwrap().to_owned()).or_insert(0) += 1;
        // Of words that more statements have, or that have more places than a verdict lists, not all places are listed.
        let statements: std::collections::BTreeSet<&str> =
            expected["occurrences"].as_array().unwrap().iter().map(|occurrence| occurrence["statement"].as_str().unwrap()).collect();
        let is_common = statements.len() > 32 || expected["occurrences"].as_array().unwrap().len() == 100;
        // All statements have words that are equally near to altered ones of these.
        if jumbled.contains(quotation) && expected["match"] == "altered" {
            assert_eq!(found["match"], "altered", "{quotation}");
            continue;
        }
        let same = ["match", "of", "statement", "clause", "quote", "closest", "differences", "translation"].iter().all(|name| found[name] == expected[name]);
        if !same || (!is_common && found != expected) {
            let brief = |verdict: &Value| format!("{} {} {}", verdict["match"], verdict["statement"], verdict["closest"]["quote"]["exact"]);
            wrong.push(format!("{quotation}\n  all: {}\n  candidates: {}", brief(&expected), brief(&found)));
        }
    }
    assert!(kinds["exact"] > 12 && kinds["altered"] > 4, "{kinds:?}");
    assert!(wrong.is_empty(), "{} of {} ({kinds:?}):\n{}", wrong.len(), quotations.len(), wrong.join("\n"));
}
