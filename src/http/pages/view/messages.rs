//! Every message of the pages in both languages, side by side: one that lacks a translation does not compile.
//!
//! The names of values are in `labels.rs`, numbers with nouns in `plural.rs`.

use crate::corpus::{Language, statements::Article};

/// A message in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    ar: &'static str,
    en: &'static str,
}

impl Message {
    /// A message, the Arabic first.
    pub const fn new(ar: &'static str, en: &'static str) -> Self {
        Self { ar, en }
    }

    /// The message in a language.
    pub const fn of(self, language: Language) -> &'static str {
        match language {
            Language::Ar => self.ar,
            Language::En => self.en,
        }
    }
}

// Every page.
pub const COMMA: Message = Message::new("، ", ", ");
pub const BAYAN: Message = Message::new("بيان", "Bayan");
pub const SKIP_TO_CONTENT: Message = Message::new("إلى المحتوى مباشرة", "Skip to the content");
pub const SECTIONS: Message = Message::new("أقسام الموقع", "Sections");
pub const STATEMENT: Message = Message::new("البيان", "Statement");
pub const MILESTONES: Message = Message::new("المحطات", "Milestones");
pub const LOCATIONS: Message = Message::new("الأماكن", "Places");
pub const ACTORS: Message = Message::new("الجهات", "Actors");
pub const NOTES: Message = Message::new("الملاحظات", "Notes");
pub const API: Message = Message::new("واجهة برمجة التطبيقات (API)", "API");
pub const PAGE_DATA: Message = Message::new("نزّل محتوى هذه الصفحة", "Download the data of this page");
pub const API_REQUEST: Message = Message::new("طلب محتوى هذه الصفحة من سطر الأوامر", "Request the data of this page from the command line");
pub const COPY: Message = Message::new("انسخ", "Copy");
pub const ABOUT_PAGE: Message = Message::new("عن «بيان»", "About Bayan");
pub const REPORT_ERROR: Message = Message::new("أبلغ عن خطأ", "Report an error");
pub const SITE_LINKS: Message = Message::new("عن الموقع", "About this site");
pub const THEME: Message = Message::new("المظهر", "Colours");
pub const THEME_AUTO: Message = Message::new("تلقائي", "Auto");
pub const THEME_LIGHT: Message = Message::new("فاتح", "Light");
pub const THEME_DARK: Message = Message::new("داكن", "Dark");
pub const REVISION: Message = Message::new("نسخة المحتوى", "Content revision");
pub const LANGUAGE_NOTE: Message = Message::new(
    "كلمات المصدر منقولة حرفياً كما نُشرت، بأخطائها؛ وما هو بلغة أخرى ترجمة غير رسمية لمحرري «بيان».",
    "The words of a source are verbatim as published, errors included; those in the other language are an unofficial translation by Bayan’s editors.",
);
pub const NO_JUDGEMENT: Message = Message::new("لا يحكم «بيان» بأن وعداً نُفّذ أو أُخلف.", "Bayan never says whether a promise was kept.");

// Sharing.
pub const SHARE_AND_EMBED: Message = Message::new("شارك أو ضمّن", "Share or embed");
pub const SHARE_LINK: Message = Message::new("رابط الصفحة", "Link to this page");
pub const EMBED_CODE: Message = Message::new("شيفرة التضمين", "Code to embed it");
pub const CARD_PICTURE: Message = Message::new("صورة للمشاركة (PNG)", "Picture to share (PNG)");
pub const CRITICAL_NOTE: Message = Message::new("ملاحظة بالغة الأهمية", "Critical note");
pub const LIST_TRUNCATED: Message =
    Message::new("تُعرض هنا أوائل القائمة فقط؛ والقائمة كاملة في ملفات التنزيل.", "Only the first are shown here; the downloads have the whole list.");

// Lists.
pub const NOTHING_YET: Message = Message::new("لا شيء هنا بعد.", "There is nothing here yet.");
pub const NOTHING_MATCHES: Message = Message::new("لا نتائج تطابق اختيارك.", "Nothing matches your choice.");
pub const SHOW_ALL: Message = Message::new("اعرض الكل", "Show all");
pub const NEXT_PART: Message = Message::new("التالي", "Next");
pub const FIRST_PART: Message = Message::new("من البداية", "From the start");
pub const PARTS: Message = Message::new("أجزاء القائمة", "Parts of the list");
pub const WORDS: Message = Message::new("كلمات", "Words");
pub const ANY: Message = Message::new("الكل", "Any");
pub const FROM_DAY: Message = Message::new("من", "From");
pub const TO_DAY: Message = Message::new("إلى", "To");
pub const AS_OF_DAY: Message = Message::new("الحال في يوم", "Status as of");
pub const APPLY: Message = Message::new("طبّق", "Apply");
pub const WITHOUT_THIS: Message = Message::new("أزل هذا القيد", "remove");
pub const LANGUAGE_OF_SOURCE: Message = Message::new("لغة المصدر", "Language of the source");
pub const SEVERITY: Message = Message::new("الأهمية", "Severity");
pub const ISSUER: Message = Message::new("المُصدِر", "Issuer");
pub const ISSUERS: Message = Message::new("صدر عن", "Issued by");
pub const AND: Message = Message::new(" و", " and ");
pub const ACTOR: Message = Message::new("الجهة", "Who");

// The home page.
pub const TAGLINE: Message = Message::new("بيانات دبلوماسية، بنداً بنداً", "Diplomatic statements, clause by clause");
pub const ABOUT: Message = Message::new(
    "كل بند وتاريخ وجهة ومكان في كل بيان، مربوطاً بكلمات المصدر نفسها. لكل بند قائله، ولكل تاريخ قدرُ اليقين فيه، وعلى كل خطأ في المصدر ملاحظة.",
    "Every clause, date, actor and place of a statement, tied to the exact words of the source. Each clause shows who says it, each date how sure it is, and each error of the source carries a note.",
);
pub const STATEMENTS: Message = Message::new("البيانات الدبلوماسية", "Statements");
pub const STATEMENTS_LEAD: Message = Message::new(
    "كل بيان مع مصدره، من الأحدث. اختر واحداً لتقرأه بنداً بنداً.",
    "Each statement with its source, the latest first. Choose one to read it clause by clause.",
);
pub const ALL_STATEMENTS: Message = Message::new("البيانات كلها", "All statements");
pub const NO_STATEMENT_YET: Message = Message::new("لم يُنشر هنا بيان بعد.", "No statement is published here yet.");
pub const ALL_WITH_STATUS: Message = Message::new("كلها", "all of them");
pub const ALL_CRITICAL_NOTES: Message = Message::new("كل الملاحظات البالغة الأهمية", "All critical notes");
pub const READ_STATEMENT: Message = Message::new("اقرأه بنداً بنداً", "Read it clause by clause");
pub const ISSUED: Message = Message::new("صدر في", "Issued");
const REPORTED_BY: Message = Message::new("نقلته", "Reported by");
const PUBLISHED_BY: Message = Message::new("نشرته", "Published by");
pub const AS_OF: Message = Message::new("بحسب تاريخ", "As of");
pub const BAGHDAD_TIME: Message = Message::new("بتوقيت بغداد", "Baghdad time");
pub const FULL_TIMELINE: Message = Message::new("المحطات كلها على الخط الزمني", "All milestones on the timeline");
pub const SUBSCRIBE: Message = Message::new("اشترك أو نزّل", "Subscribe or download");
pub const SUBSCRIBE_HELP: Message = Message::new(
    "ألصق الرابط في تقويمك أو قارئ الخلاصات أو جدول بياناتك. يُحدَّث تلقائياً، ولا يحتاج إلى حساب أو مفتاح.",
    "Paste a link into your calendar, feed reader or spreadsheet. It updates itself and needs no account or key.",
);
pub const SUBSCRIPTION: Message = Message::new("الاشتراك في المحطات", "Subscribe to the milestones");
pub const OPEN_IN_CALENDAR: Message = Message::new("أضفها إلى تقويمك", "Add to your calendar");
pub const CALENDAR_LINK: Message = Message::new("رابط التقويم (.ics)", "Calendar link (.ics)");
pub const FEED_LINK: Message = Message::new("خلاصة Atom", "Atom feed");
pub const MILESTONES_AND_REPORTS: Message = Message::new("المحطات والتقارير اللاحقة", "Milestones and later reports");
pub const CLAUSES: Message = Message::new("البنود", "Clauses");
pub const CHANGES: Message = Message::new("التغييرات والتصويبات", "Changes and corrections");
pub const FORMATS: Message = Message::new("الصيغ", "Formats");
pub const CONTENT: Message = Message::new("المحتوى", "What");
pub const BEFORE_QUOTING: Message = Message::new("قبل الاقتباس", "Before you quote");
pub const BEFORE_QUOTING_HELP: Message = Message::new("لا تُقتبس هذه البنود من دون ملاحظاتها.", "Do not quote these clauses without their notes.");

// Voices.
pub const VOICES: Message = Message::new("من القائل", "Who says it");
pub const SPEAKER: Message = Message::new("القائل", "Speaker");
pub const KIND: Message = Message::new("النوع", "Kind");

// A statement.
pub const SOURCE_TEXT: Message = Message::new("النص كما نُشر", "As published");
pub const TRANSLATION: Message = Message::new("ترجمة غير رسمية", "Our translation");
pub const OUR_TRANSLATION: Message = Message::new("ترجمة غير رسمية", "our translation");
pub const PARAGRAPH: Message = Message::new("الفقرة", "Paragraph");
pub const LEAD_IN: Message = Message::new("تمهيد الوكالة", "The agency’s lead-in");
pub const PART_OF: Message = Message::new("تابع لـ", "Belongs to");
pub const CLAUSE_MILESTONE: Message = Message::new("المحطة", "Milestone");
pub const LATER_REPORTS: Message = Message::new("تقارير لاحقة", "Later reports");
pub const COPY_QUOTATION: Message = Message::new("انسخ الاقتباس", "Copy the quotation");
pub const COPY_CITATION: Message = Message::new("انسخ التوثيق", "Copy the citation");
pub const COPIED: Message = Message::new("نُسخ", "Copied");
pub const SELECTED_FOR_COPYING: Message = Message::new("حُدّد النص: انسخه بلوحة المفاتيح", "Selected: copy it with the keyboard");
pub const CITATION_AND_DETAILS: Message = Message::new("التوثيق والتفاصيل", "Citation and details");
pub const CITATION: Message = Message::new("التوثيق", "Citation");
pub const PERMALINK: Message = Message::new("رابط دائم", "Permanent link");
pub const PASSAGE_LINK: Message = Message::new("رابط إلى هذا المقطع", "Link to this passage");
pub const DATA_FORMATS: Message = Message::new("للتنزيل", "As data");
pub const PARTICIPANTS: Message = Message::new("الجهات", "Who");
pub const ROLE: Message = Message::new("الدور", "role");
pub const INFERRED: Message = Message::new("مستنتج", "inferred");
pub const PARTICIPANTS_AND_PLACES: Message = Message::new("الجهات والأماكن", "Who and where");
pub const PLACE: Message = Message::new("المكان", "Where");
pub const DATE: Message = Message::new("متى", "When");
pub const CITES: Message = Message::new("يحيل إلى", "Cites");
pub const CITED_BY: Message = Message::new("بيانات تحيل إليه", "Statements that cite it");
pub const ALL_CITATIONS: Message = Message::new("كل المواضع", "all places");
pub const NOTE: Message = Message::new("ملاحظة", "Note");
pub const FILTER: Message = Message::new("اعرض", "Show");
pub const ALL_KINDS: Message = Message::new("كل الأنواع", "All kinds");
pub const SHOWN_COUNT: Message = Message::new("الظاهر", "Shown");
pub const VERSIONS: Message = Message::new("منشورات أخرى للبيان", "Other publications of the statement");
pub const VERSIONS_HELP: Message = Message::new("للمقارنة؛ ولا نحفظ نصوصها.", "For comparison; we store none of their text.");
pub const FULL_SOURCE: Message = Message::new("المقال كاملاً كما نُشر", "The whole article, as published");
pub const CHECKSUM: Message = Message::new("بصمة النص", "Checksum of the text");
pub const LENGTH_IN_CODE_POINTS: Message = Message::new("طول النص بالمحارف", "Length in code points");
pub const CLAUSE: Message = Message::new("البند", "clause");

// Milestones.
pub const MILESTONES_LEAD: Message = Message::new(
    "المواعيد والأحداث والفترات والتوقعات الواردة في المصادر، مع درجة اليقين في كل تاريخ.",
    "Deadlines, events, periods and forecasts in the sources, and how sure each date is.",
);
pub const TIMELINE: Message = Message::new("الخط الزمني", "Timeline");
pub const TIMELINE_DIRECTION: Message = Message::new("يُقرأ الخط من اليمين إلى اليسار.", "Time runs from left to right.");
pub const LEGEND: Message = Message::new("دلالة الرموز", "Key");
pub const LEGEND_POSSIBLE_DAYS: Message = Message::new("بين أول يوم ممكن وآخر يوم ممكن", "earliest to latest possible day");
pub const LEGEND_FORECAST: Message = Message::new("توقع", "forecast");
pub const LEGEND_DEADLINE: Message = Message::new("موعد أقصى", "deadline");
pub const LEGEND_UNKNOWN_BOUND: Message = Message::new("يتلاشى حيث لا يحدد النص متى", "fades where the text does not say when");
pub const LEGEND_APPROXIMATE_BOUND: Message = Message::new("حدّ تقريبي", "approximate end");
pub const LEGEND_CLIPPED: Message = Message::new("يبدأ قبل المدة المعروضة", "starts earlier than shown");
pub const LEGEND_REPORT: Message = Message::new("تقرير لاحق", "later report");
pub const TODAY: Message = Message::new("اليوم", "today");
pub const MILESTONES_TABLE: Message = Message::new("جدول المحطات", "Milestones as a table");
pub const MILESTONE: Message = Message::new("المحطة", "Milestone");
pub const STATUS: Message = Message::new("الحال", "Status");
pub const UNDATED: Message = Message::new("بلا تاريخ", "Without a date");
pub const UNDATED_HELP: Message =
    Message::new("لا يحدد النص متى. هذه المحطات ليست على الخط الزمني.", "The text does not say when. These are not on the timeline.");
pub const STATUS_HELP: Message = Message::new(
    "تُحسب الحال من حدود التاريخ وحدها: «مضى» تعني أن آخر يوم ممكن قد مضى، ولا تعني أن الأمر تحقق أو لم يتحقق.",
    "The status is computed from the bounds of the date alone: “past” means that the latest possible day is over, not that anything did or did not happen.",
);
pub const SOURCE_CLAUSES: Message = Message::new("نص المصدر", "Source text");
pub const SUBJECT_TO: Message = Message::new("مشروطة بما يأتي", "Subject to");
pub const CONDITIONAL: Message = Message::new("مشروطة", "conditional");
pub const DATE_AND_PRECISION: Message = Message::new("التاريخ ودرجة اليقين", "Date and certainty");
pub const DATE_IN_WORDS: Message = Message::new("كتابةً", "In words");
pub const TIME_AWAY: Message = Message::new("كم مضى أو بقي", "Time passed or left");
pub const EARLIEST: Message = Message::new("أبكر تاريخ ممكن", "Earliest possible date");
pub const LATEST: Message = Message::new("آخر تاريخ ممكن", "Latest possible date");
pub const UNKNOWN_BOUND: Message = Message::new("لا يذكره النص", "the text does not say");
pub const PRECISION: Message = Message::new("الدقة", "Precision");
pub const BASIS: Message = Message::new("الأساس", "Basis");
pub const BOUNDS_ESTIMATED: Message = Message::new("وحدوده تقدير منا", "with bounds that are our estimate");
pub const DATE_IN_EDTF: Message = Message::new("بترميز ISO 8601-2", "In ISO 8601-2 (EDTF)");
pub const NO_REPORT_AS_OF: Message = Message::new("لم نجد تقارير لاحقة حتى", "No later report found as of");
pub const REPORTS_CHECKED: Message = Message::new("آخر بحث عن تقارير لاحقة:", "Later reports were last looked for on");
pub const REPORTS_NOT_CHECKED: Message = Message::new("لم يُبحث بعد عن تقارير لاحقة.", "Later reports have not been looked for yet.");
pub const REPORTS_HELP: Message =
    Message::new("ما نُشر لاحقاً، مع مصدره. كما ورد، ولم نتحقق منه.", "Published later, with the source: as reported; not verified.");

// Locations.
pub const LOCATIONS_LEAD: Message = Message::new(
    "لا يظهر على الخريطة إلا ما يحدد النص مكانه. والدائرة تبيّن مدى الدقة: المكان داخلها، لا عند مركزها بالضرورة.",
    "The map shows only what the text locates. A circle shows the precision: the place lies inside it, not necessarily at its centre.",
);
pub const MAP_TITLE: Message = Message::new("خريطة العراق وسوريا وجوارهما", "Map of Iraq, Syria and their neighbours");
pub const MAP_HELP: Message = Message::new(
    "تُظلَّل الدول كاملة. إسقاط أسطواني متساوي المسافات عند خط عرض 33.5. الحدود كما ترسمها Natural Earth (ملك عام)، وليست موقفاً منها.",
    "Countries are shaded whole. Equirectangular projection at latitude 33.5° N. Boundaries as drawn by Natural Earth (public domain); they are not a position on any dispute.",
);
pub const ON_THE_MAP: Message = Message::new("على الخريطة", "On the map");
pub const BEYOND_THE_MAP: Message = Message::new("خارج إطار الخريطة", "Beyond the edge of the map");
pub const NOT_MAPPED: Message = Message::new("غير محددة على الخريطة", "Not mapped");
pub const NOT_MAPPED_HELP: Message = Message::new("لا يذكر النص مكانها.", "The text does not say where.");
pub const PRECISION_WITHIN: Message = Message::new("الدقة نحو", "within about");
pub const KILOMETRES: Message = Message::new("كم", "km");
pub const WHOLE_COUNTRY: Message = Message::new("الدولة كلها", "the whole country");

// Actors.
pub const ACTORS_LEAD: Message = Message::new(
    "كل جهة تذكرها المصادر، وكل موضع وردت فيه. والذكر وحده لا يعني دوراً.",
    "All actors that the sources name, with each mention. Being named does not imply a role.",
);
pub const PARTS_OF_ACTOR: Message = Message::new("الأجزاء", "Parts");
pub const PLACES_WITHIN: Message = Message::new("أماكن ضمن الحدود", "Places within it");
pub const LIES_IN: Message = Message::new("ضمن", "Lies in");
pub const STATEMENTS_NAMING: Message = Message::new("البيانات التي ورد فيها الاسم", "Statements that name it");
pub const STATEMENTS_NAMING_HELP: Message = Message::new("ومنها ما يذكر جزءاً فقط.", "Statements that name only a part of it are included.");
pub const MILESTONES_OF: Message = Message::new("المحطات المتصلة", "Milestones");
pub const ALL_MENTIONS: Message = Message::new("كل المواضع", "all mentions");
pub const PART_OF_ACTOR: Message = Message::new("ينتمي إلى", "Part of");
pub const MENTIONED: Message = Message::new("ورد الاسم", "Mentioned");
pub const IN_LEAD_IN: Message = Message::new("في تمهيد الوكالة", "in a lead-in");

// Notes.
pub const NOTES_LEAD: Message = Message::new(
    "ما في المصدر من خطأ أو التباس أو غرابة: نذكره إلى جانب النص، ولا نغيّر النص.",
    "Errors, ambiguities and oddities of the source, noted beside the text, which stays as published.",
);

// The search.
pub const PREVIEW: Message = Message::new("معاينة", "Preview");
pub const PREVIEW_OF: Message = Message::new("هذه معاينة قبل النشر للملف", "This is a preview before publication of");
pub const NO_MISTAKES: Message = Message::new("لا أخطاء فيه.", "It has no mistakes.");
pub const MISTAKES: Message =
    Message::new("فيه ما يأتي، وتبقى الصفحات على آخر نسخة خالية من الأخطاء:", "What is wrong with it follows; the pages show the last version without errors:");
pub const SEARCH: Message = Message::new("بحث", "Search");
pub const SEARCH_LEAD: Message = Message::new(
    "بالعربية أو الإنكليزية. يبحث عن كل الكلمات معاً، وعمّا بين علامتي اقتباس عبارةً بترتيبها، من دون فرق في التشكيل والهمزات والسوابق.",
    "In Arabic or English. All words must match; words in quotation marks match as a phrase. Vowel marks, hamza forms and attached particles are ignored.",
);
pub const SEARCH_FOR: Message = Message::new("ابحث في البيانات", "Search the statements");
pub const RESULTS_FOR: Message = Message::new("نتائج البحث عن", "Results for");
pub const NO_RESULTS_FOR: Message = Message::new("لا نتائج للبحث عن", "No results for");
pub const NO_RESULTS_HELP: Message = Message::new(
    "جرّب كلمات أقل أو تسمية أخرى. وقد يكون ما تبحث عنه في مقال المصدر، خارج البنود.",
    "Try fewer words or another name. What you look for may still be in the source article, outside the clauses.",
);
pub const QUERY_TOO_LONG: Message = Message::new("كلمات كثيرة: الحد الأقصى أربعون.", "Too many words: the maximum is forty.");
pub const MATCHED_BY_ALIAS: Message = Message::new("ورد باسم آخر", "matches under another name");
pub const MATCHED_BY_LEAD_IN: Message = Message::new("ورد في العبارة التي تمهد له", "matches in the lead-in");
pub const MATCHED_BY_DATE: Message = Message::new("يوافق التاريخ", "matches by date");
pub const MATCHED_BY_PARAGRAPH: Message = Message::new("ورد مع بنود أخرى من فقرته", "matches together with other clauses of its paragraph");

// Errors.
pub const CONTINUE_TO: Message = Message::new("تابع من هنا", "Continue");
pub const HOME: Message = Message::new("الصفحة الرئيسة", "Home");

/// What the publisher of a text did with it: a medium reports a statement, its issuers publish it.
pub const fn published(source: &Article) -> Message {
    if source.medium.is_some() { REPORTED_BY } else { PUBLISHED_BY }
}

/// The same as a phrase, which also names the language.
pub const fn as_published(source: &Article) -> Message {
    match (source.language, source.medium.is_some()) {
        (Language::Ar, true) => Message::new("كما نقلته بالعربية", "As reported in Arabic by"),
        (Language::En, true) => Message::new("كما نقلته بالإنكليزية", "As reported in English by"),
        (Language::Ar, false) => Message::new("كما نشرته بالعربية", "As published in Arabic by"),
        (Language::En, false) => Message::new("كما نشرته بالإنكليزية", "As published in English by"),
    }
}
