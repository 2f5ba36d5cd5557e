//! The names of the values of enums, in both languages; a new value without a name does not compile.

#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass values by reference")]

use axum::http::StatusCode;

use crate::http::pages::view::messages::Message;
use crate::{
    corpus::{
        Basis, Language, Precision, Voice, actors,
        clauses::{self, RoleKind},
        locations, milestones, notes, statements,
    },
    formats::Format,
};

/// A kind of clause.
pub const fn clause(kind: &clauses::Kind) -> Message {
    use clauses::Kind;
    match kind {
        Kind::Report => Message::new("خبر", "report"),
        Kind::Forecast => Message::new("توقع", "forecast"),
        Kind::Declaration => Message::new("تصريح", "declaration"),
        Kind::Recital => Message::new("حيثية", "recital"),
        Kind::Decision => Message::new("قرار", "decision"),
        Kind::Deadline => Message::new("حد زمني", "time limit"),
        Kind::Commitment => Message::new("التزام", "commitment"),
        Kind::Condition => Message::new("شرط", "condition"),
        Kind::Purpose => Message::new("غاية", "purpose"),
        Kind::Acknowledgement => Message::new("تقدير", "acknowledgement"),
        Kind::Aspiration => Message::new("تطلع", "aspiration"),
        Kind::Reference => Message::new("إحالة", "reference"),
    }
}

/// The kinds of clauses, in the order of the filter.
pub const CLAUSE_KINDS: [clauses::Kind; 12] = {
    use clauses::Kind;
    [
        Kind::Decision,
        Kind::Deadline,
        Kind::Commitment,
        Kind::Condition,
        Kind::Purpose,
        Kind::Declaration,
        Kind::Recital,
        Kind::Acknowledgement,
        Kind::Aspiration,
        Kind::Reference,
        Kind::Forecast,
        Kind::Report,
    ]
};

/// The role of an actor in a clause.
pub const fn role(role: &RoleKind) -> Message {
    match role {
        RoleKind::Speaker => Message::new("متحدث", "speaker"),
        RoleKind::Bound => Message::new("ملتزم", "bound"),
        RoleKind::Beneficiary => Message::new("مستفيد", "beneficiary"),
        RoleKind::Party => Message::new("طرف", "party"),
        RoleKind::Mentioned => Message::new("مذكور", "mentioned"),
    }
}

/// A kind of milestone.
pub const fn milestone(kind: &milestones::Kind) -> Message {
    use milestones::Kind;
    match kind {
        Kind::Deadline => Message::new("موعد أقصى", "deadline"),
        Kind::Event => Message::new("حدث", "event"),
        Kind::Period => Message::new("فترة", "period"),
        Kind::Forecast => Message::new("توقع", "forecast"),
    }
}

/// The status of a milestone.
pub const fn status(status: &milestones::Status) -> Message {
    use milestones::Status;
    match status {
        Status::Upcoming => Message::new("قادم", "Upcoming"),
        Status::Open => Message::new("جارٍ", "Open"),
        Status::Past => Message::new("مضى", "Past"),
        Status::Undated => Message::new("بلا تاريخ", "Undated"),
    }
}

/// What a status means.
pub const fn status_meaning(status: &milestones::Status) -> Message {
    use milestones::Status;
    match status {
        Status::Upcoming => Message::new("لم يحلّ بعدُ أول يوم ممكن.", "The earliest possible day is still to come."),
        Status::Open => Message::new("اليوم بين أول يوم ممكن وآخر يوم ممكن.", "Today is between the earliest and the latest possible day."),
        Status::Past => {
            Message::new("انقضى آخر يوم ممكن؛ ولا يعني هذا أن الأمر تحقق أو لم يتحقق.", "The latest possible day is over. This does not say whether it happened.")
        }
        Status::Undated => Message::new("لا يحدد النص متى.", "The text does not say when."),
    }
}

/// The statuses of milestones, what matters today first.
pub const STATUSES: [milestones::Status; 4] = {
    use milestones::Status;
    [Status::Open, Status::Upcoming, Status::Past, Status::Undated]
};

/// The kinds of milestones.
pub const MILESTONE_KINDS: [milestones::Kind; 4] = {
    use milestones::Kind;
    [Kind::Deadline, Kind::Event, Kind::Period, Kind::Forecast]
};

/// A voice.
pub const fn voice(voice: &Voice) -> Message {
    match voice {
        Voice::Statement => Message::new("البيان نفسه", "the statement itself"),
        Voice::Agency => Message::new("الوكالة الناقلة", "the news agency"),
        Voice::ThirdParty => Message::new("شخص تنقل عنه الوكالة", "someone the agency quotes"),
    }
}

/// The voices.
pub const VOICES: [Voice; 3] = [Voice::Statement, Voice::Agency, Voice::ThirdParty];

/// A language.
pub const fn language(language: &Language) -> Message {
    match language {
        Language::Ar => Message::new("العربية", "Arabic"),
        Language::En => Message::new("الإنكليزية", "English"),
    }
}

/// The precision of a date.
pub const fn precision(precision: &Precision) -> Message {
    match precision {
        Precision::Day => Message::new("باليوم", "to the day"),
        Precision::Month => Message::new("بالشهر", "to the month"),
        Precision::Year => Message::new("بالسنة", "to the year"),
        Precision::Unknown => Message::new("لا يحددها النص", "the text does not say"),
    }
}

/// The basis of a date.
pub const fn basis(basis: &Basis) -> Message {
    match basis {
        Basis::Explicit => Message::new("مكتوب صراحةً في المصدر", "written out in the source"),
        Basis::Relative => Message::new("محسوب من تاريخ آخر", "counted from another date"),
        Basis::Inferred => Message::new("مستنتج من السياق", "inferred from the context"),
    }
}

/// A kind of actor.
pub const fn actor(kind: &actors::Kind) -> Message {
    use actors::Kind;
    match kind {
        Kind::State => Message::new("دولة", "state"),
        Kind::Body => Message::new("هيئة", "body"),
        Kind::Force => Message::new("قوة", "force"),
        Kind::Group => Message::new("جماعة", "group"),
        Kind::Person => Message::new("شخص", "person"),
        Kind::UnnamedSource => Message::new("مصدر لم يُسمَّ", "unnamed source"),
        Kind::Medium => Message::new("وسيلة إعلام", "news organisation"),
    }
}

/// The kinds of actors, in the order of the page.
pub const ACTOR_KINDS: [actors::Kind; 7] = {
    use actors::Kind;
    [Kind::State, Kind::Body, Kind::Group, Kind::Force, Kind::Person, Kind::UnnamedSource, Kind::Medium]
};

/// A kind of location.
pub const fn location(kind: &locations::Kind) -> Message {
    use locations::Kind;
    match kind {
        Kind::Country => Message::new("دولة", "country"),
        Kind::Region => Message::new("إقليم أو منطقة", "region"),
        Kind::City => Message::new("مدينة", "city"),
        Kind::District => Message::new("حي", "district"),
        Kind::Site => Message::new("موقع", "site"),
    }
}

/// The kinds of locations.
pub const LOCATION_KINDS: [locations::Kind; 5] = {
    use locations::Kind;
    [Kind::Country, Kind::Region, Kind::City, Kind::District, Kind::Site]
};

/// A kind of note.
pub const fn note(kind: &notes::Kind) -> Message {
    use notes::Kind;
    match kind {
        Kind::ErrorInSource => Message::new("خطأ في المصدر", "error in the source"),
        Kind::Ambiguity => Message::new("التباس", "ambiguity"),
        Kind::Naming => Message::new("تسمية", "naming"),
        Kind::Translation => Message::new("ترجمة", "translation"),
        Kind::Dating => Message::new("تأريخ", "dating"),
        Kind::Attribution => Message::new("نسبة القول", "attribution"),
        Kind::Reference => Message::new("إحالة", "reference"),
    }
}

/// The kinds of notes.
pub const NOTE_KINDS: [notes::Kind; 7] = {
    use notes::Kind;
    [Kind::ErrorInSource, Kind::Ambiguity, Kind::Naming, Kind::Translation, Kind::Dating, Kind::Attribution, Kind::Reference]
};

/// The severities, the most severe first.
pub const SEVERITIES: [notes::Severity; 3] = [notes::Severity::Critical, notes::Severity::Major, notes::Severity::Minor];

/// The severity of a note.
pub const fn severity(severity: &notes::Severity) -> Message {
    use notes::Severity;
    match severity {
        Severity::Critical => Message::new("بالغة الأهمية", "Critical"),
        Severity::Major => Message::new("مهمة", "Major"),
        Severity::Minor => Message::new("ثانوية", "Minor"),
    }
}

/// What a severity means.
pub const fn severity_meaning(severity: &notes::Severity) -> Message {
    use notes::Severity;
    match severity {
        Severity::Critical => Message::new("من دونها يُنقل الخطأ", "without it, a reader would repeat an error"),
        Severity::Major => Message::new("من دونها يُساء الفهم", "without it, a reader would misunderstand"),
        Severity::Minor => Message::new("توضيح لمن يتساءل", "it answers a question that a reader may have"),
    }
}

/// A kind of statement.
pub const fn statement(kind: &statements::Kind) -> Message {
    use statements::Kind;
    match kind {
        Kind::JointStatement => Message::new("بيان مشترك", "Joint statement"),
        Kind::Declaration => Message::new("إعلان", "Declaration"),
        Kind::Agreement => Message::new("اتفاق", "Agreement"),
        Kind::Communique => Message::new("بيان ختامي", "Communiqué"),
    }
}

/// The kinds of statements.
pub const STATEMENT_KINDS: [statements::Kind; 4] = {
    use statements::Kind;
    [Kind::JointStatement, Kind::Declaration, Kind::Agreement, Kind::Communique]
};

/// The name of a format.
pub const fn format(format: &Format) -> &'static str {
    match format {
        Format::Json => "JSON",
        Format::Csv => "CSV",
        Format::Icalendar => "iCalendar",
        Format::Atom => "Atom",
        Format::GeoJson => "GeoJSON",
        Format::Text => "Text",
        Format::JsonLd => "JSON-LD",
        Format::Csl => "CSL-JSON",
        Format::BibTex => "BibTeX",
        Format::Ris => "RIS",
        Format::Svg => "SVG",
        Format::Png => "PNG",
    }
}

/// What an HTTP status means to a reader.
pub fn http_status(status: StatusCode) -> Message {
    match status {
        StatusCode::NOT_FOUND => Message::new("الصفحة غير موجودة", "Page not found"),
        StatusCode::GONE => Message::new("سُحبت هذه الصفحة", "This page was withdrawn"),
        StatusCode::METHOD_NOT_ALLOWED => Message::new("هذه الصفحات للقراءة فقط", "These pages can only be read"),
        StatusCode::PRECONDITION_FAILED => Message::new("تغيّرت الصفحة عن النسخة المطلوبة", "The page has changed since the requested version"),
        StatusCode::TOO_MANY_REQUESTS => {
            Message::new("طلبات كثيرة من جهازك أو شبكتك؛ حاول بعد قليل", "Too many requests from your address; try again in a moment")
        }
        StatusCode::SERVICE_UNAVAILABLE => Message::new("الخدمة غير متاحة الآن؛ حاول بعد قليل", "The service is not available now; try again in a moment"),
        _ if status.as_u16() < 500 => Message::new("طلب غير صحيح", "The request is not valid"),
        _ => Message::new("خطأ في الخدمة، لا في طلبك", "The service failed; your request is not at fault"),
    }
}

/// What a reader can do about an HTTP status; none if the meaning says it.
pub const fn http_advice(status: StatusCode) -> Option<Message> {
    match status {
        StatusCode::NOT_FOUND => Some(Message::new(
            "قد يكون الرابط ناقصاً أو قديماً. ابحث عما تريد، أو تابع من أحد الأقسام.",
            "The link may be incomplete or out of date. Search for what you need, or continue with one of the sections.",
        )),
        StatusCode::BAD_REQUEST => Some(Message::new("في الرابط قيمة لا تُقبل:", "The link has a value that is not accepted:")),
        _ => None,
    }
}
