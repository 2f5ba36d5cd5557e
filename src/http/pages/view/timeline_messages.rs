//! The words of the timeline.

use crate::http::pages::view::messages::Message;

pub const AS_OF_STEPS: Message = Message::new("انتقل إلى يوم آخر", "Another day");
pub const YEAR_BEFORE: Message = Message::new("قبل سنة", "A year earlier");
pub const MONTH_BEFORE: Message = Message::new("قبل شهر", "A month earlier");
pub const MONTH_AFTER: Message = Message::new("بعد شهر", "A month later");
pub const YEAR_AFTER: Message = Message::new("بعد سنة", "A year later");
pub const BACK_TO_TODAY: Message = Message::new("اليوم", "Today");
pub const AS_OF_DAY: Message = Message::new("في يوم", "As of");
pub const CHART: Message = Message::new("الخط الزمني للبيان", "The statement’s timeline");
pub const MILESTONES_ON_TIMELINE: Message = Message::new("المحطات على خط زمني", "Milestones on a timeline");
pub const KEY: Message = Message::new("دليل الرموز", "How to read the timeline");
pub const LABELS_ON_BARS: Message = Message::new("اسم كل محطة فوق شريطها.", "Each bar has its name above it.");
