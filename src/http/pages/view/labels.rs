//! What the values of closed sets are called, in both languages; a new value without a name does not compile.

#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass what they name by reference")]

use axum::http::StatusCode;

use crate::http::pages::view::messages::Phrase;
use crate::{
    corpus::{
        Basis, Precision, Voice, actors,
        clauses::{self, RoleKind},
        locations, milestones, notes, statements,
    },
    formats::Format,
};

/// A name, the Arabic first.
const fn p(ar: &'static str, en: &'static str) -> Phrase {
    Phrase::new(ar, en)
}

/// A voice, in a word.
pub const fn voice(voice: &Voice) -> Phrase {
    match voice {
        Voice::Statement => p("البيان", "Statement"),
        Voice::Officer => p("الضابط", "Officer"),
        Voice::Agency => p("الوكالة", "Agency"),
    }
}

/// Whose voice that is.
pub const fn voice_meaning(voice: &Voice) -> Phrase {
    match voice {
        Voice::Statement => p("كلام الحكومتين، داخل علامتي الاقتباس", "the two governments’ own words, inside the quotation marks"),
        Voice::Officer => p("ضابط عراقي كبير لم يُسمَّ؛ وليس من البيان", "a senior Iraqi officer who is not named; no part of the statement"),
        Voice::Agency => p("وكالة شفق نيوز، راويةً", "Shafaq News Agency, narrating"),
    }
}

/// What a clause does.
pub const fn clause(kind: &clauses::Kind) -> Phrase {
    use clauses::Kind;
    match kind {
        Kind::Report => p("خبر", "report"),
        Kind::Forecast => p("توقع", "forecast"),
        Kind::Declaration => p("تصريح", "declaration"),
        Kind::Recital => p("حيثية", "recital"),
        Kind::Decision => p("قرار", "decision"),
        Kind::Deadline => p("موعد", "deadline"),
        Kind::Commitment => p("التزام", "commitment"),
        Kind::Condition => p("شرط", "condition"),
        Kind::Purpose => p("غاية", "purpose"),
        Kind::Acknowledgement => p("تقدير", "acknowledgement"),
        Kind::Aspiration => p("تطلع", "aspiration"),
        Kind::Reference => p("إحالة", "reference"),
    }
}

/// The kinds of clauses, in the order in which a reader chooses among them.
pub const CLAUSES: [clauses::Kind; 12] = {
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

/// An actor's part in a clause.
pub const fn role(role: &RoleKind) -> Phrase {
    match role {
        RoleKind::Speaker => p("قائل", "speaker"),
        RoleKind::Bound => p("ملتزم", "bound"),
        RoleKind::Beneficiary => p("مستفيد", "beneficiary"),
        RoleKind::Party => p("طرف", "party"),
        RoleKind::Mentioned => p("مذكور", "mentioned"),
    }
}

/// What sort of thing a milestone is.
pub const fn milestone(kind: &milestones::Kind) -> Phrase {
    use milestones::Kind;
    match kind {
        Kind::Deadline => p("موعد أقصى", "deadline"),
        Kind::Event => p("حدث", "event"),
        Kind::Period => p("فترة", "period"),
        Kind::Forecast => p("توقع", "forecast"),
    }
}

/// Where a date stands.
pub const fn standing(status: &milestones::Status) -> Phrase {
    use milestones::Status;
    match status {
        Status::Upcoming => p("لم يحن", "Upcoming"),
        Status::Open => p("جارٍ", "Open"),
        Status::Past => p("مضى", "Past"),
        Status::Undated => p("بلا تاريخ", "Undated"),
    }
}

/// What that means.
pub const fn standing_meaning(status: &milestones::Status) -> Phrase {
    use milestones::Status;
    match status {
        Status::Upcoming => p("لم يحن أول يوم ممكن بعد", "the first possible day is still to come"),
        Status::Open => p("نحن بين أول يوم ممكن وآخر يوم ممكن", "today lies between the first possible day and the last"),
        Status::Past => p("مضى آخر يوم ممكن؛ ولا يقول هذا شيئاً عما حدث", "the last possible day has gone by, which says nothing of what happened"),
        Status::Undated => p("لا يقول النص متى", "the text does not say when"),
    }
}

/// How far a date can be trusted.
pub const fn precision(precision: &Precision) -> Phrase {
    match precision {
        Precision::Day => p("إلى اليوم", "to the day"),
        Precision::Month => p("إلى الشهر", "to the month"),
        Precision::Year => p("إلى السنة", "to the year"),
        Precision::Unknown => p("لا يقول النص", "the text does not say"),
    }
}

/// What a date rests on.
pub const fn basis(basis: &Basis) -> Phrase {
    match basis {
        Basis::Explicit => p("مكتوب صراحةً في المصدر", "written out in the source"),
        Basis::Relative => p("محسوب من تاريخ آخر", "counted from another date"),
        Basis::Inferred => p("مستنتج من السياق", "read from the context"),
    }
}

/// What an actor is.
pub const fn actor(kind: &actors::Kind) -> Phrase {
    use actors::Kind;
    match kind {
        Kind::State => p("دولة", "state"),
        Kind::Body => p("هيئة", "body"),
        Kind::Force => p("قوة", "force"),
        Kind::Group => p("جماعة", "group"),
        Kind::Person => p("شخص", "person"),
        Kind::UnnamedSource => p("مصدر لم يُسمَّ", "unnamed source"),
        Kind::Medium => p("وسيلة إعلام", "medium"),
    }
}

/// What sort of place a location is.
pub const fn location(kind: &locations::Kind) -> Phrase {
    use locations::Kind;
    match kind {
        Kind::Country => p("دولة", "country"),
        Kind::Region => p("إقليم أو منطقة", "region"),
        Kind::City => p("مدينة", "city"),
        Kind::District => p("حي", "district"),
        Kind::Site => p("موقع", "site"),
    }
}

/// What a note is about.
pub const fn note(kind: &notes::Kind) -> Phrase {
    use notes::Kind;
    match kind {
        Kind::ErrorInSource => p("خطأ في المصدر", "error in the source"),
        Kind::Ambiguity => p("التباس", "ambiguity"),
        Kind::Naming => p("تسمية", "naming"),
        Kind::Translation => p("ترجمة", "translation"),
        Kind::Dating => p("تأريخ", "dating"),
        Kind::Attribution => p("نسبة القول", "attribution"),
        Kind::Reference => p("إحالة", "reference"),
    }
}

/// How much a note matters.
pub const fn severity(severity: &notes::Severity) -> Phrase {
    use notes::Severity;
    match severity {
        Severity::Critical => p("حرجة", "Critical"),
        Severity::Major => p("مهمة", "Major"),
        Severity::Minor => p("يسيرة", "Minor"),
    }
}

/// What that means.
pub const fn severity_meaning(severity: &notes::Severity) -> Phrase {
    use notes::Severity;
    match severity {
        Severity::Critical => p("من لم يقرأها كرر خطأً", "a reader without it would repeat a falsehood"),
        Severity::Major => p("من لم يقرأها أساء الفهم", "a reader without it would misread"),
        Severity::Minor => p("قد يتساءل من لم يقرأها", "a reader without it may wonder"),
    }
}

/// What a statement is.
pub const fn statement(kind: &statements::Kind) -> Phrase {
    use statements::Kind;
    match kind {
        Kind::JointStatement => p("بيان مشترك", "Joint statement"),
        Kind::Declaration => p("إعلان", "Declaration"),
        Kind::Agreement => p("اتفاق", "Agreement"),
        Kind::Communique => p("بيان ختامي", "Communiqué"),
    }
}

/// What people call a format.
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
    }
}

/// What a status of a refusal means to a reader.
pub fn status(status: StatusCode) -> Phrase {
    match status {
        StatusCode::NOT_FOUND => p("لا شيء بهذا العنوان", "Nothing has this address"),
        StatusCode::METHOD_NOT_ALLOWED => p("هذه الصفحات للقراءة فقط", "These pages can only be read"),
        StatusCode::PRECONDITION_FAILED => p("ليست هذه النسخة التي طلبتها", "This is not the version that was asked for"),
        StatusCode::TOO_MANY_REQUESTS => p("طلبات كثيرة من عنوانك؛ حاول بعد قليل", "Too many requests from your address; try again in a moment"),
        StatusCode::SERVICE_UNAVAILABLE => p("لا تستطيع الخدمة الإجابة الآن؛ حاول بعد قليل", "The service cannot answer now; try again in a moment"),
        _ if status.as_u16() < 500 => p("لم يُفهم الطلب", "The request is not understood"),
        _ => p("تعثرت الخدمة؛ وليس الخطأ منك", "The service failed; the fault is not yours"),
    }
}
