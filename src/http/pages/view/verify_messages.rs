//! The messages of the page that checks quotations, in both languages.

#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass values by reference")]

use crate::{
    http::pages::view::messages::Message,
    verify::{ComparedWith, DifferenceKind, MatchKind},
};

pub const CHECK_QUOTATION: Message = Message::new("تحقق من اقتباس", "Check a quotation");
pub const LEAD: Message = Message::new(
    "ألصق اقتباساً أو مسودة كاملة. نقارن ما بين علامات الاقتباس بنصوص المصادر كلمةً كلمة، ونبيّن من قائله.",
    "Paste a quotation or a whole draft. Words in quotation marks are compared with the sources word by word, and you see who said them.",
);
pub const PRIVACY: Message = Message::new(
    "لا يُحفظ ما تلصقه ولا يُسجَّل، لكن الاقتباس المفرد يظهر في رابط نتيجته.",
    "What you paste is neither stored nor logged; a single quotation is part of the link to its result.",
);
pub const FIELD: Message = Message::new("الاقتباس أو المسودة", "Quotation or draft");
pub const CHECK: Message = Message::new("تحقق", "Check");
pub const CHECKING: Message = Message::new("جارٍ التحقق…", "Checking…");
pub const FAILED: Message = Message::new("تعذر التحقق. حاول مجدداً.", "The check failed. Try again.");
pub const RESULT: Message = Message::new("النتيجة", "Result");
pub const DRAFT_RESULT: Message = Message::new("نتيجة المسودة", "Result for the draft");
pub const QUOTATION_NUMBER: Message = Message::new("الاقتباس", "Quotation");
pub const NO_WORDS: Message = Message::new("اكتب كلمات الاقتباس أولاً.", "Enter the words of a quotation first.");
pub const TOO_LONG: Message = Message::new(
    "النص أطول من أن يكون اقتباساً واحداً (700 كلمة على الأكثر). ضع ما تريد التحقق منه بين علامتي اقتباس.",
    "The text is too long for one quotation (700 words at most). Put quotation marks around what you want to check.",
);
pub const QUOTATION_TOO_LONG: Message =
    Message::new("هذا الاقتباس أطول من 700 كلمة، ولم يُقارن.", "This quotation is longer than 700 words and was not compared.");
pub const NOT_ALL_SHOWN: Message = Message::new("تظهر هنا الاقتباسات الأولى فقط.", "Only the first quotations are shown here.");
pub const ONLY_MARKED_WORDS: Message = Message::new(
    "لا نفحص إلا ما بين علامات الاقتباس وقائله، لا ما تقوله المسودة عنه.",
    "Only the words in quotation marks and their speaker are checked, not what the draft says about them.",
);
pub const AS_QUOTED: Message = Message::new("كما اقتُبس", "As quoted");
pub const IN_SOURCE: Message = Message::new("في المصدر", "In the source");
pub const CLOSEST_IN_SOURCE: Message = Message::new("أقرب نص في المصدر", "Closest words in the source");
pub const IN_TRANSLATION: Message = Message::new("في ترجمتنا غير الرسمية", "In our translation");
pub const KEY: Message = Message::new("دليل العلامات", "Key");
pub const KEY_GIVEN: Message = Message::new("ليس في المصدر", "not in the source");
pub const KEY_SOURCE: Message = Message::new("ليس في الاقتباس", "not in the quotation");
pub const KEY_NOT_IN_TRANSLATION: Message = Message::new("ليس في ترجمتنا", "not in our translation");
pub const KEY_SPELLING: Message = Message::new("مكتوب بصورة أخرى", "written differently");
pub const KEY_CUT: Message = Message::new("محذوف بعلامة", "left out, with a mark");
pub const KEY_BRACKET: Message = Message::new("إضافة بين قوسين معقوفين", "added in brackets");
pub const DIFFERENCES: Message = Message::new("الفروق", "Differences");
pub const DIFFERENCE: Message = Message::new("الفرق", "Difference");
pub const QUOTATION: Message = Message::new("الاقتباس", "Quotation");
pub const SOURCE: Message = Message::new("المصدر", "Source");
pub const TRANSLATION: Message = Message::new("ترجمتنا", "Our translation");
pub const ABSENT: Message = Message::new("لا شيء", "nothing");
pub const WHAT_THE_SOURCE_SAYS: Message = Message::new("ما يقوله المصدر", "What the source says");
pub const CLAUSE_CITATION: Message = Message::new("توثيق البند", "Citation of the clause");
pub const COPY_SOURCE_WORDS: Message = Message::new("انسخ كلمات المصدر", "Copy the source’s words");
pub const OTHER_PLACES: Message = Message::new("ورد أيضاً في", "Also in");
pub const OTHER_NOTES: Message = Message::new("ملاحظات أخرى على البند", "Other notes on the clause");
pub const ATTRIBUTED_TO: Message = Message::new("تنسبه المسودة إلى", "The draft attributes it to");
pub const ATTRIBUTION_RIGHT: Message = Message::new("نسبة صحيحة", "correct attribution");
pub const ATTRIBUTION_WRONG: Message = Message::new("نسبة غير صحيحة", "wrong attribution");
pub const OTHER_VERSIONS: Message = Message::new("نصوص منشورة أخرى للمقارنة", "Other published versions to compare");
pub const SHARE: Message = Message::new("رابط إلى هذا التحقق", "Link to this check");
pub const COPY_LINK: Message = Message::new("انسخ الرابط", "Copy the link");
pub const BOOKMARKLET_TITLE: Message = Message::new("تحقق من أي صفحة", "Check from any page");
pub const BOOKMARKLET_HELP: Message = Message::new(
    "اسحب هذا الرابط إلى شريط المفضلة. بعدها حدّد كلمات في أي صفحة واضغط عليه.",
    "Drag this link to your bookmarks bar. Then select words on any page and click it.",
);
pub const BOOKMARKLET: Message = Message::new("تحقق من المحدد في «بيان»", "Check the selection in Bayan");

/// What the match of a quotation means, as a heading. It never endorses words that the source does not have, nor a wrong attribution.
pub const fn match_heading(kind: MatchKind, of: ComparedWith, is_misattributed: bool) -> Message {
    match (kind, of, is_misattributed) {
        (MatchKind::Exact, ComparedWith::Source, false) => Message::new("وارد حرفياً في المصدر", "Word for word in the source"),
        (MatchKind::Exact, ComparedWith::Source, true) => Message::new("نقل حرفي، ونسبة غير صحيحة", "Word for word, but wrongly attributed"),
        (MatchKind::Normalized, ComparedWith::Source, false) => {
            Message::new("كلمات المصدر نفسها، مكتوبة بصورة أخرى", "The source’s words, written differently")
        }
        (MatchKind::Abridged, ComparedWith::Source, false) => {
            Message::new("كلمات المصدر، مع حذف أو إضافة مشار إليهما", "The source’s words, with marked cuts or insertions")
        }
        (MatchKind::Normalized | MatchKind::Abridged, ComparedWith::Source, true) => {
            Message::new("كلمات المصدر، ونسبة غير صحيحة", "The source’s words, but wrongly attributed")
        }
        (MatchKind::Exact | MatchKind::Normalized | MatchKind::Abridged, ComparedWith::WorkingTranslation, false) => {
            Message::new("من ترجمتنا غير الرسمية، لا من المصدر", "From our translation, not from the source")
        }
        (MatchKind::Exact | MatchKind::Normalized | MatchKind::Abridged, ComparedWith::WorkingTranslation, true) => {
            Message::new("من ترجمتنا لا من المصدر، ونسبة غير صحيحة", "From our translation, not from the source, and wrongly attributed")
        }
        (MatchKind::Altered, ..) => Message::new("ليس في المصدر بهذه الكلمات", "Not in the source in these words"),
        (MatchKind::None, ..) => Message::new("لم يرد في أي مصدر هنا", "Not found in any source here"),
    }
}

/// The kind of a difference.
pub const fn difference(kind: &DifferenceKind) -> Message {
    match kind {
        DifferenceKind::Negation => Message::new("نفي", "negation"),
        DifferenceKind::Number => Message::new("رقم أو تاريخ", "number or date"),
        DifferenceKind::Name => Message::new("اسم", "name"),
        DifferenceKind::Joined => Message::new("وصل موضعين بلا علامة", "passages joined without a mark"),
        DifferenceKind::Replacement => Message::new("كلمات مستبدلة", "words replaced"),
        DifferenceKind::Insertion => Message::new("كلمات مضافة", "words added"),
        DifferenceKind::Omission => Message::new("حذف بلا علامة", "words left out without a mark"),
        DifferenceKind::Cut => Message::new("حذف بعلامة", "words left out, with a mark"),
        DifferenceKind::Bracket => Message::new("إضافة بين قوسين معقوفين", "added in brackets"),
        DifferenceKind::LeadIn => Message::new("«أن» التمهيدية", "the “that” of a lead-in"),
        DifferenceKind::Numeral => Message::new("كتابة الأرقام", "form of numerals"),
        DifferenceKind::Punctuation => Message::new("علامات الترقيم", "punctuation"),
        DifferenceKind::Spelling => Message::new("الإملاء أو التشكيل", "spelling"),
        DifferenceKind::Spacing => Message::new("المسافات", "spacing"),
    }
}
