//! The words of the page about the site. The rules are those of `docs/annotation.md`.

use crate::http::pages::view::messages::Message;

pub const WHAT: Message = Message::new(
    "«بيان» يعرض البيانات الدبلوماسية بنداً بنداً: كلام المصدر كما نُشر، ومن قاله، وتاريخه بقدر ما يقوله النص، وإلى جانبه ترجمة وملاحظات.",
    "Bayan shows diplomatic statements clause by clause: the words of the source as published, who says them, the dates as sure as the text is, with a translation and notes beside them.",
);

/// A part of the page.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The id of its heading.
    pub anchor: &'static str,
    /// Its heading.
    pub title: Message,
    /// Its paragraphs.
    pub paragraphs: &'static [Message],
}

pub const PARTS: [Part; 6] = [
    Part {
        anchor: "editors",
        title: Message::new("عمل المحررين", "What the editors do"),
        paragraphs: &[
            Message::new(
                "يتولى محررون إعداد كل بيان: يقرؤون نص مصدره، ويقسمونه إلى بنود، ويترجمونه، ويكتبون ملاحظاته. الترجمة والملاحظات والشروح لهم، وهي غير رسمية: لا تصدر عن أي حكومة ولا عن الوكالة التي نقلت البيان.",
                "Each statement is prepared by editors, who read the text of its source, divide it into clauses, translate it and write the notes. Translation, notes and annotations are theirs and unofficial: they come from no government, and not from the news agency that reported the statement.",
            ),
            Message::new(
                "البرنامج مفتوح المصدر، ويستطيع غيرنا تشغيله ببيانات أخرى؛ والمسؤول عما يُنشر هنا من يشغّل هذه الخدمة.",
                "The program is open source, and others may run it with other statements. Whoever runs this service is responsible for what is published here.",
            ),
        ],
    },
    Part {
        anchor: "method",
        title: Message::new("كيف نقرأ بياناً", "How a statement is read"),
        paragraphs: &[
            Message::new(
                "يُحفظ نص المصدر مرة واحدة حرفاً حرفاً، بأخطائه، ولا يُعدّل. وكل بند وتاريخ واسم يشير إلى موضعه في النص.",
                "The text of the source is stored once, character for character, errors included, and is never edited. Each clause, date and name points to its place in the text.",
            ),
            Message::new(
                "لكل بند قائل: البيان نفسه، أو الوكالة التي تنقله، أو شخص تنقل عنه الوكالة. فلا يظهر توقع ضابط كأنه التزام من البيان.",
                "Each clause has a speaker: the statement itself, the news agency that reports it, or someone the agency quotes. An officer’s forecast never appears as the statement’s promise.",
            ),
            Message::new(
                "لا نضيف إلى التاريخ دقة ليست فيه: «أيلول 2026» يبقى شهراً، والحد الذي لا يذكره النص يبقى مجهولاً.",
                "A date gets no precision that the text does not have: “September 2026” stays a month, and a bound that the text does not give stays unknown.",
            ),
            Message::new(
                "قُرئ البيان الذي يأتي مع البرنامج، وهو بيان الولايات المتحدة والعراق الصادر في 27 أيلول/سبتمبر 2024، قراءتين مستقلتين، وحُسم كل اختلاف بينهما مع تدوين السبب. أما ما يضيفه غيرنا من بيانات، فمن يشغّل هذه الخدمة هو المسؤول عن قراءته.",
                "The statement that comes with the program, that of the United States and Iraq of 27 September 2024, was read twice, independently, and each difference between the two readings was settled with a reason. For statements that others add, ask whoever runs this service how they were read.",
            ),
            Message::new(
                "التقارير اللاحقة سجل منفصل له مصادره: ما قاله آخرون، ولم نتحقق منه. ولا نقول إن وعداً نُفّذ أو أُخلف.",
                "Later reports are a separate record with sources of their own: what others reported, not verified by us. We never say that a promise was kept or broken.",
            ),
        ],
    },
    Part {
        anchor: "notes",
        title: Message::new("الملاحظات ودرجاتها", "The notes and their severity"),
        paragraphs: &[Message::new(
            "الملاحظة تقول ما في المصدر من خطأ أو التباس أو غرابة، ولا تحل محل كلامه. بالغة الأهمية: من يقتبس الكلام من دونها ينشر خطأً. مهمة: قد يُساء فهم الكلام من دونها. ثانوية: تجيب عن سؤال قد يخطر للقارئ.",
            "A note says what is wrong, unclear or unusual in the source, and never replaces its words. Critical: whoever quotes the words without it spreads an error. Major: without it the words are easily misread. Minor: it answers a question that may come up.",
        )],
    },
    Part {
        anchor: "corrections",
        title: Message::new("التصويبات", "Corrections"),
        paragraphs: &[
            Message::new(
                "كلام المصدر لا يُصوّب؛ فالخطأ فيه يأخذ ملاحظة. أما خطؤنا في القراءة أو الترجمة أو التأريخ فنصوّبه.",
                "The words of a source are not corrected: an error in them gets a note. Our own errors in reading, translation or dating are corrected.",
            ),
            Message::new(
                "كل إضافة أو تصويب أو سحب يُسجّل بتاريخه ووصفه بالعربية والإنكليزية، ولكل نشر رقم نسخة. وما سُحب يبقى رابطه، وتذكر صفحته أنه سُحب وسبب سحبه.",
                "Each addition, correction and withdrawal is recorded with its date and a description in Arabic and English, and each publication has a revision number. What is withdrawn keeps its URL, which says that it was withdrawn and why.",
            ),
        ],
    },
    Part {
        anchor: "cite",
        title: Message::new("كيف توثّق ما تقتبسه", "How to cite"),
        paragraphs: &[
            Message::new(
                "اذكر رقم البند ورابطه الدائم ورقم نسخة المحتوى وتاريخ الاطلاع. كلمات المصدر لا تتغير بين نسخة وأخرى؛ ما قد يتغير هو الترجمة والملاحظات والتأريخ.",
                "Give the clause, its permanent link, the revision of the data and the day on which you read it. The words of the source are the same in every revision; translations, notes and dates may be corrected.",
            ),
            Message::new(
                "ولمن يقرأ توثيقاً لنسخة سابقة: يبيّن رابط التغييرات كل ما تغير بعدها، مع صفحة لكل تغيير.",
                "To follow a citation of an earlier revision, open the changes since that revision: each has a page of its own.",
            ),
        ],
    },
    Part {
        anchor: "report",
        title: Message::new("الإبلاغ عن خطأ", "Reporting an error"),
        paragraphs: &[Message::new(
            "أرسل رابط الصفحة ورقم البند، وما تراه خطأً، وما تستند إليه. ما كان في المحتوى يُصوّبه من يشغّل هذه الخدمة، وما كان في البرنامج يُرسل إلى مستودعه.",
            "Send the link of the page and the number of the clause, what you think is wrong, and what you base it on. Errors in the content are corrected by whoever runs this service; errors of the program go to its repository.",
        )],
    },
];

pub const THIS_REVISION: Message = Message::new("النسخة الحالية", "The current revision");
pub const CHANGES_SINCE: Message = Message::new("ما تغير بعد النسخة", "What changed after revision");
pub const CONTACT: Message = Message::new("جهة الاتصال بهذه الخدمة", "The contact of this service");
pub const CHANGES_FEED: Message = Message::new("تابع التغييرات في قارئ الخلاصات", "Follow the changes in a feed reader");
