//! The words of the pages of a statement.

use crate::http::pages::view::messages::Message;

pub const READING_VIEW: Message = Message::new("للقراءة", "Reading view");
pub const ANNOTATED_VIEW: Message = Message::new("بنداً بنداً", "Clause by clause");
pub const VIEWS: Message = Message::new("طريقة العرض", "Views");
pub const CONTENTS: Message = Message::new("الفقرات", "Paragraphs");
pub const PARTS_OF_STATEMENT: Message = Message::new("أجزاء البيان", "Parts of the statement");
pub const PART: Message = Message::new("الجزء", "Part");
pub const SOURCE: Message = Message::new("المصدر", "Source");
pub const NO_SOURCE_URL: Message = Message::new("لا نعرف رابط المقال الأصلي", "we know no link to the original article");
pub const SOURCE_HERE: Message = Message::new("نص المقال كما نُشر", "the article as published");
pub const OTHER_VERSIONS: Message = Message::new("منشورات أخرى", "Other publications");
pub const MINOR_NOTES: Message = Message::new("ملاحظات ثانوية", "Minor notes");
pub const TRANSLATED_TEXT: Message = Message::new("ترجمة غير رسمية للنص المنشور بالإنكليزية.", "Unofficial translation of the text published in Arabic.");
pub const READ_SOURCE: Message = Message::new("اقرأ النص الأصلي بالإنكليزية", "Read the original in Arabic");
pub const SOURCE_TEXT: Message = Message::new("النص كما نُشر، حرفياً.", "The text as published, word for word.");
pub const CITE_TITLE: Message = Message::new("توثيق هذا البيان", "Citing this statement");
pub const CITE_HELP: Message = Message::new(
    "لكل بند توثيق جاهز للنسخ تحت «التوثيق والتفاصيل». أضف إليه رقم نسخة البيانات.",
    "Each clause has a citation to copy under “Citation and details”. Add the revision of the data to it.",
);
pub const CITE_MORE: Message = Message::new("كيف توثّق ما تقتبسه", "How to cite");
