//! The words of the home page.

use crate::http::pages::view::messages::Message;

pub const KEY_DATES: Message = Message::new("حال المواعيد اليوم", "Where the dates stand today");
pub const NEXT_DATES: Message = Message::new("المواعيد القادمة", "Next deadlines");
pub const NO_NEXT_DATE: Message = Message::new("لا موعد قادماً في البيانات المنشورة هنا.", "No statement here has a deadline still to come.");
pub const LAST_DATES: Message = Message::new("أحدث ما انقضى", "Latest to pass");
pub const READ: Message = Message::new("اقرأ البيان", "Read the statement");
pub const ANNOTATED: Message = Message::new("بنداً بنداً، مع الترجمة والملاحظات", "Clause by clause, with notes");
pub const REPORTED_SINCE: Message = Message::new("تقارير لاحقة", "Reported since");
pub const REPORTED_SINCE_HELP: Message = Message::new("كما نُقل؛ لم نتحقق منه.", "As reported; not verified.");
pub const REPORTED_ON: Message = Message::new("عن:", "About:");
pub const LATEST_REPORT: Message = Message::new("آخر تقرير:", "Latest report:");
