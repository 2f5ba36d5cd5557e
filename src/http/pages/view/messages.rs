//! Every phrase of the pages, in both languages, side by side: one that lacks a translation does not compile.
//!
//! Values of closed sets have their names in `names.rs`, and what is counted stands in `counted.rs`.

use crate::corpus::Language;

/// A phrase in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Phrase {
    ar: &'static str,
    en: &'static str,
}

impl Phrase {
    /// A phrase, the Arabic first.
    pub const fn new(ar: &'static str, en: &'static str) -> Self {
        Self { ar, en }
    }

    /// The phrase in a language.
    pub const fn of(self, language: Language) -> &'static str {
        match language {
            Language::Ar => self.ar,
            Language::En => self.en,
        }
    }
}

/// A phrase, the Arabic first.
const fn p(ar: &'static str, en: &'static str) -> Phrase {
    Phrase::new(ar, en)
}

// Every page.
pub const COMMA: Phrase = p("، ", ", ");
pub const BAYAN: Phrase = p("بيان", "Bayan");
pub const SKIP: Phrase = p("إلى المحتوى مباشرة", "Skip to the content");
pub const SECTIONS: Phrase = p("أقسام الموقع", "Sections");
pub const STATEMENT: Phrase = p("البيان", "Statement");
pub const MILESTONES: Phrase = p("المحطات", "Milestones");
pub const LOCATIONS: Phrase = p("الأماكن", "Places");
pub const ACTORS: Phrase = p("الجهات", "Who is named");
pub const NOTES: Phrase = p("الملاحظات", "Notes");
pub const INTERFACE: Phrase = p("واجهة البرمجة", "Interface for programs");
pub const THIS_DATA: Phrase = p("بيانات هذه الصفحة", "The data of this page");
pub const TERMS: Phrase = p(
    "النص العربي منقول حرفياً كما نُشر، بأخطائه؛ والإنكليزية ترجمة عمل غير رسمية لمحرري «بيان».",
    "The Arabic is verbatim as published, errors included; the English is an unofficial working translation by Bayan's editors.",
);
pub const NO_VERDICT: Phrase = p("لا يقول «بيان» إن وعداً نُفّذ أو أُخلف.", "Bayan never says whether a promise was kept.");
pub const MORE_THAN_SHOWN: Phrase = p("تُعرض هنا أوائل القائمة فقط؛ والقائمة كاملة في البيانات.", "Only the first are shown here; the data has the whole list.");

// The first page.
pub const TAGLINE: Phrase = p("بيان دبلوماسي، بنداً بنداً", "A diplomatic statement, clause by clause");
pub const WHAT_THIS_IS: Phrase = p(
    "كل بند وتاريخ وجهة ومكان في البيان، مربوطاً بكلمات المصدر نفسها. لكل بند قائله، ولكل تاريخ قدرُ اليقين فيه، وعلى كل خطأ في المصدر ملاحظة.",
    "Every clause, date, actor and place of the statement, tied to the exact words of the source. Each clause shows who says it, each date how sure it is, and each error of the source carries a note.",
);
pub const STATEMENTS: Phrase = p("البيانات الدبلوماسية", "Statements");
pub const READ: Phrase = p("اقرأه بنداً بنداً", "Read it clause by clause");
pub const ISSUED: Phrase = p("صدر في", "Issued");
pub const REPORTED_BY: Phrase = p("نقلته", "Reported by");
pub const WHERE_THEY_STAND: Phrase = p("أين تقف المواعيد اليوم", "Where the dates stand today");
pub const RECKONED: Phrase = p("محسوبةً على يوم", "Reckoned on");
pub const BAGHDAD: Phrase = p("بتوقيت بغداد", "in Baghdad");
pub const WHOLE_TIMELINE: Phrase = p("المحطات كلها على خط الزمن", "All milestones on the timeline");
pub const SUBSCRIBE: Phrase = p("اشترك أو حمّل", "Subscribe or download");
pub const SUBSCRIBE_HOW: Phrase = p(
    "ألصق العنوان في تقويمك أو قارئ الأخبار أو جدولك. يتجدد وحده، ولا حاجة إلى حساب أو مفتاح.",
    "Paste an address into your calendar, feed reader or spreadsheet. It keeps itself up to date, and needs no account and no key.",
);
pub const MILESTONES_AND_REPORTS: Phrase = p("المحطات وما ذُكر لاحقاً", "Milestones and what was later reported");
pub const CLAUSES: Phrase = p("البنود", "Clauses");
pub const CHANGES: Phrase = p("ما تغير في البيانات", "Changes to the data");
pub const FORMATS: Phrase = p("الصيغ", "Formats");
pub const WHAT: Phrase = p("المحتوى", "What");
pub const BEFORE_QUOTING: Phrase = p("قبل الاقتباس", "Before you quote");
pub const BEFORE_QUOTING_HOW: Phrase = p("من نقل هذه البنود بلا ملاحظتها نقل خطأً.", "Whoever repeats these words without their note repeats a falsehood.");

// Voices.
pub const VOICES: Phrase = p("من القائل", "Who is speaking");
pub const VOICE: Phrase = p("القائل", "Voice");
pub const KIND: Phrase = p("النوع", "Kind");

// The statement.
pub const SOURCE_TEXT: Phrase = p("النص كما نُشر", "As published");
pub const TRANSLATION: Phrase = p("ترجمة عمل", "Working translation");
pub const PARAGRAPH: Phrase = p("الفقرة", "Paragraph");
pub const LEAD_IN: Phrase = p("تمهيد الوكالة", "The agency's lead-in");
pub const PART_OF: Phrase = p("تابع لـ", "Belongs to");
pub const RESTS_ON_THIS: Phrase = p("المحطة", "Milestone");
pub const LATER_REPORTED: Phrase = p("ذُكر لاحقاً", "Later reported");
pub const COPY_QUOTATION: Phrase = p("انسخ الاقتباس", "Copy the quotation");
pub const COPY_CITATION: Phrase = p("انسخ التوثيق", "Copy the citation");
pub const COPIED: Phrase = p("نُسخ", "Copied");
pub const SELECTED: Phrase = p("حُدّد النص: انسخه من لوحة المفاتيح", "Selected: copy it with the keyboard");
pub const CITE: Phrase = p("التوثيق والتفاصيل", "Citation and details");
pub const CITATION: Phrase = p("التوثيق", "Citation");
pub const PERMALINK: Phrase = p("رابط دائم", "Permanent link");
pub const TEXT_LINK: Phrase = p("رابط إلى الكلمات نفسها", "Link to the very words");
pub const AS_DATA: Phrase = p("كبيانات", "As data");
pub const WHO: Phrase = p("الجهات", "Who");
pub const INFERRED: Phrase = p("مستنتج", "inferred");
pub const WHO_AND_WHERE: Phrase = p("من وأين", "Who and where");
pub const WHERE: Phrase = p("المكان", "Where");
pub const WHEN: Phrase = p("متى", "When");
pub const CITES: Phrase = p("يستشهد بـ", "Cites");
pub const NOTE: Phrase = p("ملاحظة", "Note");
pub const SHOW: Phrase = p("أظهر", "Show");
pub const ALL_KINDS: Phrase = p("كل الأنواع", "All kinds");
pub const SHOWN: Phrase = p("الظاهر", "Shown");
pub const WHOLE_SOURCE: Phrase = p("المقال كاملاً كما نُشر", "The whole article, as published");
pub const CHECKSUM: Phrase = p("بصمة النص", "Checksum of the text");
pub const CODE_POINTS: Phrase = p("طول النص بالمحارف", "Length in code points");
pub const AS_REPORTED_BY: Phrase = p("كما نقلته", "as reported in Arabic by");
pub const CLAUSE: Phrase = p("البند", "clause");

// Milestones.
pub const MILESTONES_LEAD: Phrase = p(
    "المواعيد والأحداث والفترات والتوقعات التي يذكرها المقال، بقدر ما يقوله من يقين.",
    "The deadlines, events, periods and forecasts in the article, as sure as its words are.",
);
pub const TIMELINE: Phrase = p("خط الزمن", "Timeline");
pub const TIMELINE_DIRECTION: Phrase = p("يجري الزمن من اليمين إلى اليسار.", "Time runs from left to right.");
pub const KEY: Phrase = p("دليل الرموز", "Key");
pub const KEY_WINDOW: Phrase = p("بين أول يوم ممكن وآخر يوم ممكن", "from the first day that it can be to the last");
pub const KEY_FORECAST: Phrase = p("توقع", "a forecast");
pub const KEY_FLAG: Phrase = p("موعد أقصى", "a deadline");
pub const KEY_OPEN: Phrase = p("يتلاشى حيث لا يقول النص متى", "fades where the text does not say when");
pub const KEY_ABOUT: Phrase = p("طرف تقريبي", "an approximate end");
pub const KEY_CUT: Phrase = p("يبدأ قبل حد الرسم", "begins before the chart does");
pub const KEY_REPORT: Phrase = p("تقرير لاحق", "a later report");
pub const KEY_TODAY: Phrase = p("اليوم", "today");
pub const AS_TABLE: Phrase = p("جدول المحطات", "The milestones as a table");
pub const MILESTONE: Phrase = p("المحطة", "Milestone");
pub const STATUS: Phrase = p("الحال", "Status");
pub const UNDATED_LIST: Phrase = p("بلا تاريخ", "Without a date");
pub const UNDATED_HOW: Phrase = p("لا يقول النص متى. هذه المحطات ليست على خط الزمن.", "The text does not say when. These are not on the timeline.");
pub const STATUS_HOW: Phrase = p(
    "الحال محسوبة من حدود التاريخ وحدها: «مضى» تعني أن آخر يوم ممكن قد مضى، ولا تقول شيئاً عما حدث.",
    "The status is computed from the bounds of the date alone: “past” means that the last possible day has gone by, and says nothing of what happened.",
);
pub const THE_WORDS: Phrase = p("الكلمات التي تستند إليها", "The words that it rests on");
pub const CONDITIONS: Phrase = p("مشروطة بـ", "Subject to");
pub const CONDITIONAL: Phrase = p("مشروطة", "conditional");
pub const THE_DATE: Phrase = p("التاريخ ودرجة اليقين", "The date, and how sure it is");
pub const IN_WORDS: Phrase = p("بالكلمات", "In words");
pub const EARLIEST: Phrase = p("أول يوم ممكن", "First possible day");
pub const LATEST: Phrase = p("آخر يوم ممكن", "Last possible day");
pub const NOT_KNOWN: Phrase = p("لا يذكره النص", "the text does not say");
pub const PRECISION: Phrase = p("الدقة", "Precision");
pub const BASIS: Phrase = p("السند", "Basis");
pub const EDTF: Phrase = p("بترميز ISO 8601-2", "In ISO 8601-2 (EDTF)");
pub const NO_DATE: Phrase = p("لا يذكر النص تاريخاً", "The text gives no date");
pub const NO_REPORT: Phrase = p("لا تقرير مسجل هنا. وهذا لا يقول شيئاً عما حدث.", "No report is recorded here, which says nothing of what happened.");
pub const REPORTS_HOW: Phrase =
    p("ما ذكره آخرون لاحقاً، مع مصدره. هذا ما قيل، لا ما ثبت.", "What others reported later, with its source: what was said, not what is true.");

// Places.
pub const LOCATIONS_LEAD: Phrase = p(
    "لا يوضع على الخريطة إلا ما يدل النص على مكانه. والدائرة مدى الدقة: المكان داخلها، لا عند مركزها بالضرورة.",
    "Only what the text places is on the map. A circle is the precision: the place lies within it, not necessarily at its centre.",
);
pub const MAP_OF: Phrase = p("خريطة العراق وسوريا وجوارهما", "Map of Iraq, Syria and their neighbours");
pub const MAP_HOW: Phrase = p(
    "الدول تُظلَّل بحدودها. إسقاط أسطواني متساوي المسافات عند خط عرض 33.5. الحدود كما ترسمها Natural Earth (ملك عام)، وليست موقفاً منها.",
    "Countries are shaded whole. Equirectangular projection at latitude 33.5° N. Boundaries as Natural Earth (public domain) draws them, which is no statement about them.",
);
pub const ON_THE_MAP: Phrase = p("على الخريطة", "On the map");
pub const BEYOND_THE_MAP: Phrase = p("خارج إطار الخريطة", "Beyond the edge of the map");
pub const NOT_MAPPED: Phrase = p("لا تُرسم على الخريطة", "Not on any map");
pub const NOT_MAPPED_HOW: Phrase =
    p("يترك النص مكانها مفتوحاً، فلا يصح وضعها على خريطة.", "The text leaves open where they are, and so nobody may put them on a map.");
pub const WITHIN: Phrase = p("الدقة نحو", "within about");
pub const KILOMETRES: Phrase = p("كم", "km");
pub const WHOLE_COUNTRY: Phrase = p("الدولة كلها", "the whole country");

// Who is named.
pub const ACTORS_LEAD: Phrase = p(
    "كل من سُمّي في المقال، وكل موضع ذُكر فيه. والذكر وحده لا يعني دوراً.",
    "Everyone who is named in the article, and every place where. To be named is not to have a part.",
);
pub const ALSO: Phrase = p("ويقال أيضاً", "Also");
pub const PART_OF_ACTOR: Phrase = p("جزء من", "Part of");
pub const NAMED_IN: Phrase = p("ذُكر في", "Named in");
pub const IN_A_LEAD_IN: Phrase = p("في تمهيد الوكالة", "in a lead-in");

// Notes.
pub const NOTES_LEAD: Phrase = p(
    "ما في المصدر من خطأ أو التباس أو غرابة، يقال إلى جانبه ولا يحل محله.",
    "What is wrong, open or peculiar in the source, said beside it and never instead of it.",
);

// Searching.
pub const SEARCH: Phrase = p("بحث", "Search");
pub const SEARCH_LEAD: Phrase = p(
    "بالعربية أو الإنكليزية: كل الكلمات معاً، وما بين علامتي اقتباس عبارةٌ بترتيبها. والتشكيل والهمزات وما يتصل بالكلمة لا تحجبها.",
    "In Arabic or English: all words together, and what stands in quotation marks as a phrase. Vowel marks, forms of hamza and attached particles do not hide a word.",
);
pub const SEARCH_FOR: Phrase = p("ابحث في البيان", "Search the statement");
pub const FOUND: Phrase = p("نتائج البحث عن", "Found for");
pub const NOTHING_FOUND: Phrase = p("لم يُعثر على شيء لـ", "Nothing was found for");
pub const NOTHING_FOUND_HOW: Phrase = p(
    "جرّب كلمات أقل، أو اسماً آخر للشيء نفسه. وما لم يُعثر عليه هنا قد يكون في المقال خارج البنود.",
    "Try fewer words, or another name for the same thing. What is not found here may still stand in the article, outside of the clauses.",
);
pub const TOO_LONG: Phrase = p("كلمات كثيرة: أربعون على الأكثر.", "Too many words: forty at the most.");
pub const BY_ALIAS: Phrase = p("وُجد باسم آخر", "found by another name");

// Refusals.
pub const GO_ON: Phrase = p("تابع من هنا", "Go on from here");
pub const HOME: Phrase = p("الصفحة الأولى", "The first page");
