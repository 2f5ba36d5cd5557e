//! Milestones on a timeline as a drawing, to paste elsewhere: each with its date in words and who says it, and the critical notes whole.

use crate::corpus::{Day, Language, NoteReference, Voice, milestones::Milestone};
use crate::formats::{
    card_drawing::voice_colour,
    context::RenderContext,
    date_words::{format_conditional_date, format_day},
    envelope::List,
    error::RenderError,
    time_axis::{Axis, Bar, Edge as BarEdge},
};
use crate::picture::{Colours, Drawing, Edge, Face, Measured, Point, TextStyle};

/// How many milestones a picture has at most.
pub const MAX_DRAWN: u32 = 40;

const WIDTH: f32 = 1200.0;
const MARGIN: f32 = 36.0;
/// The width of the column with the titles.
const LABELS: f32 = 430.0;
/// The width of the column with the bars.
const LANE: f32 = WIDTH - 2.0 * MARGIN - LABELS - 24.0;
/// Half the height of a bar.
const HALF_BAR: f32 = 8.0;

/// A line of text, measured before the height of the picture is known.
struct Line {
    text: String,
    style: TextStyle,
    leading: f32,
}

/// A milestone as a row.
struct Row {
    lines: Vec<Line>,
    bar: Option<Bar>,
    colour: &'static str,
}

impl Row {
    fn text_height(&self) -> f32 {
        self.lines.iter().map(height).sum()
    }

    fn height(&self) -> f32 {
        (self.text_height() + 18.0).max(44.0)
    }
}

/// The height of a line.
fn height(line: &Line) -> f32 {
    line.style.size * line.leading
}

/// The page on which lines are set.
struct Sheet {
    language: Language,
    colours: Colours,
}

impl Sheet {
    /// A text as lines of a width.
    fn wrap(&self, text: &str, face: Face, size: f32, colour: &'static str, width: f32) -> Vec<Line> {
        let leading = if self.language == Language::Ar { 1.6 } else { 1.36 };
        let style = TextStyle { face, size, colour };
        Measured::new(text, face).lines(size, width).into_iter().map(|text| Line { text, style, leading }).collect()
    }

    /// Sets lines below each other at the start of the sheet. Returns their lower edge.
    fn set(&self, drawing: &mut Drawing, lines: &[Line], top: f32) -> f32 {
        let x = if self.language == Language::Ar { WIDTH - MARGIN } else { MARGIN };
        lines.iter().fold(top, |y, line| {
            drawing.lines(std::slice::from_ref(&line.text), self.language, Edge::start(self.language), Point { x, y }, line.style, line.leading)
        })
    }

    /// The left edge of the column with the bars.
    fn lane(&self) -> f32 {
        if self.language == Language::Ar { MARGIN } else { WIDTH - MARGIN - LANE }
    }
}

/// Draws a list of milestones.
///
/// # Errors
/// If the context lacks a statement.
pub fn draw(list: &List<Milestone>, context: &RenderContext<'_>) -> Result<String, RenderError> {
    let sheet = Sheet { language: context.language.unwrap_or(Language::En), colours: context.theme.colours() };
    let Sheet { language, colours } = &sheet;
    let measure = WIDTH - 2.0 * MARGIN;
    let today = list.envelope.meta.as_of.or_else(|| list.items.first().map(|milestone| milestone.as_of)).map_or(context.published.date_naive(), Day::date);
    let axis = Axis::new(&list.items, today, *language == Language::Ar);
    let title = title(list, context)?;
    let as_of = match language {
        Language::Ar => format!("بحسب تاريخ {}، بتوقيت بغداد", format_day(today, *language)),
        Language::En => format!("As of {}, Baghdad time", format_day(today, *language)),
    };
    let mut head = sheet.wrap(&title, Face::ReadingBold, 28.0, colours.ink, measure);
    head.extend(sheet.wrap(&as_of, Face::Labels, 17.0, colours.muted, measure));
    head.extend(sheet.wrap(legend(*language), Face::Labels, 15.0, colours.muted, measure));
    let rows: Vec<Row> = list.items.iter().map(|milestone| row(milestone, &axis, &sheet, context)).collect();
    let foot = foot(list, &sheet, context);

    let head_height: f32 = head.iter().map(height).sum();
    let rows_top = MARGIN + head_height + 52.0;
    let rows_height: f32 = rows.iter().map(Row::height).sum();
    let foot_height: f32 = foot.iter().map(height).sum();
    let mut drawing = Drawing::new(WIDTH, (rows_top + rows_height + 20.0 + foot_height + MARGIN).ceil(), colours.paper);
    define_fills(&mut drawing, colours);
    sheet.set(&mut drawing, &head, MARGIN);
    draw_axis(&mut drawing, &axis, today, &sheet, rows_top, rows_height);
    let mut y = rows_top;
    for row in &rows {
        drawing.rect(Point { x: MARGIN, y }, measure, 1.0, colours.rule);
        sheet.set(&mut drawing, &row.lines, y + (row.height() - row.text_height()) / 2.0);
        if let Some(bar) = &row.bar {
            draw_bar(&mut drawing, bar, row.colour, &sheet, y + row.height() / 2.0);
        }
        y += row.height();
    }
    drawing.rect(Point { x: MARGIN, y }, measure, 1.0, colours.rule);
    sheet.set(&mut drawing, &foot, y + 20.0);
    let described = list
        .items
        .iter()
        .map(|milestone| format!("{}: {}.", context.text(&milestone.title), format_conditional_date(milestone, context.language.unwrap_or(Language::En))));
    Ok(drawing.finish(&title, &described.collect::<Vec<_>>().join(" "), *language))
}

/// The title of the statement, if all milestones are of one.
fn title(list: &List<Milestone>, context: &RenderContext<'_>) -> Result<String, RenderError> {
    let milestones = context.phrase("المحطات", "Milestones");
    let Some(first) = list.items.first().filter(|first| list.items.iter().all(|milestone| milestone.statement == first.statement)) else {
        return Ok(milestones.to_owned());
    };
    Ok(format!("{milestones}: {}", context.text(&context.work(&first.statement)?.statement.title)))
}

/// What the shapes mean.
const fn legend(language: Language) -> &'static str {
    match language {
        Language::Ar => "الشريط: الأيام الممكنة · المخطط: توقع · الراية: موعد أقصى · المتلاشي: حدّ غير مذكور · الدائرة: تقرير لاحق",
        Language::En => "Bar: possible days · hatched: forecast · flag: deadline · fading: bound not given · circle: later report",
    }
}

/// A milestone as a row: its title, its date in words, and who says it where it is not the statement.
fn row(milestone: &Milestone, axis: &Axis, sheet: &Sheet, context: &RenderContext<'_>) -> Row {
    let colours = &sheet.colours;
    let colour = voice_colour(milestone.voice, colours);
    let mut lines = sheet.wrap(context.text(&milestone.title), Face::Reading, 20.0, colours.ink, LABELS);
    lines.extend(sheet.wrap(&format_conditional_date(milestone, context.language.unwrap_or(Language::En)), Face::Labels, 16.0, colours.muted, LABELS));
    if milestone.voice != Voice::Statement {
        lines.extend(sheet.wrap(&context.voice_label(milestone.voice, milestone.speaker_name.as_ref()), Face::LabelsBold, 15.0, colour, LABELS));
    }
    if is_critical(milestone) {
        lines.extend(sheet.wrap(context.phrase("عليها ملاحظة بالغة الأهمية، أدناه", "Critical note below"), Face::LabelsBold, 15.0, colours.critical, LABELS));
    }
    Row { lines, bar: axis.bar(milestone), colour }
}

/// Whether a milestone has a critical note.
fn is_critical(milestone: &Milestone) -> bool {
    milestone.notes.iter().any(NoteReference::is_critical)
}

/// The critical notes, how many milestones are left out, and the page.
fn foot(list: &List<Milestone>, sheet: &Sheet, context: &RenderContext<'_>) -> Vec<Line> {
    let (colours, measure) = (&sheet.colours, WIDTH - 2.0 * MARGIN);
    let mut lines = Vec::new();
    // Milestones that rest on one clause share its notes.
    let mut titles_by_note: Vec<(&NoteReference, Vec<&str>)> = Vec::new();
    for milestone in &list.items {
        for note in milestone.notes.iter().filter(|note| note.is_critical()) {
            match titles_by_note.iter_mut().find(|(known, _)| known.id == note.id) {
                Some((_, titles)) => titles.push(context.text(&milestone.title)),
                None => titles_by_note.push((note, vec![context.text(&milestone.title)])),
            }
        }
    }
    for (note, titles) in titles_by_note {
        lines.extend(sheet.wrap(&titles.join(" · "), Face::LabelsBold, 16.0, colours.critical, measure));
        lines.extend(sheet.wrap(context.text(&note.text), Face::Labels, 16.0, colours.ink, measure));
    }
    if list.envelope.next.is_some() {
        let left_out = context.phrase("هذه أوائل القائمة؛ والقائمة كاملة على الصفحة.", "These are the first of the list; the page has all of it.");
        lines.extend(sheet.wrap(left_out, Face::LabelsBold, 16.0, colours.ink, measure));
    }
    lines.extend(sheet.wrap(&context.page_url("milestones"), Face::Labels, 16.0, colours.muted, measure));
    lines
}

/// Defines how forecasts are hatched, and how bars fade.
fn define_fills(drawing: &mut Drawing, colours: &Colours) {
    let Colours { statement, agency, third_party, .. } = colours;
    for colour in [statement, agency, third_party] {
        let id = colour.trim_start_matches('#');
        drawing.element(format_args!(
            r#"<defs><pattern id="hatch-{id}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="3" height="7" fill="{colour}"/></pattern><linearGradient id="left-{id}"><stop offset="0" stop-color="{colour}" stop-opacity="0"/><stop offset="1" stop-color="{colour}"/></linearGradient><linearGradient id="right-{id}"><stop offset="0" stop-color="{colour}"/><stop offset="1" stop-color="{colour}" stop-opacity="0"/></linearGradient></defs>"#
        ));
    }
}

/// Draws the years, and today.
fn draw_axis(drawing: &mut Drawing, axis: &Axis, today: chrono::NaiveDate, sheet: &Sheet, top: f32, height: f32) {
    let Sheet { language, colours } = sheet;
    let edge = Edge::start(*language);
    let beside = |x: f32, edge: Edge| if edge == Edge::Right { x - 5.0 } else { x + 5.0 };
    for tick in axis.ticks() {
        let x = sheet.lane() + tick.position.of(LANE);
        let (from, dashes) = if tick.year.is_some() { (top - 24.0, "none") } else { (top, "1 4") };
        let line = format_args!(r#"<path d="M{x} {from}V{}" stroke="{}" stroke-dasharray="{dashes}" fill="none"/>"#, top + height, colours.rule);
        drawing.element(line);
        if let Some(year) = tick.year {
            let style = TextStyle { face: Face::LabelsBold, size: 15.0, colour: colours.ink };
            drawing.line(&year.to_string(), *language, edge, Point { x: beside(x, edge), y: top - 10.0 }, style);
        }
    }
    if let Some(position) = axis.position(today) {
        let x = sheet.lane() + position.of(LANE);
        drawing.element(format_args!(r#"<path d="M{x} {}V{}" stroke="{}" stroke-width="2" fill="none"/>"#, top - 42.0, top + height, colours.today));
        let edge = if axis.is_in_later_half(today) { edge.other() } else { edge };
        let word = match language {
            Language::Ar => "اليوم",
            Language::En => "Today",
        };
        let style = TextStyle { face: Face::LabelsBold, size: 15.0, colour: colours.today };
        drawing.line(word, *language, edge, Point { x: beside(x, edge), y: top - 30.0 }, style);
    }
}

/// Draws a bar, as the pages do.
fn draw_bar(drawing: &mut Drawing, bar: &Bar, colour: &'static str, sheet: &Sheet, middle: f32) {
    let Sheet { language, colours } = sheet;
    let (lane, id) = (sheet.lane(), colour.trim_start_matches('#'));
    let (left, right, width) = (lane + bar.left.of(LANE), lane + bar.right.of(LANE), bar.width.of(LANE));
    let (top, height) = (middle - HALF_BAR, 2.0 * HALF_BAR);
    let fill = match (bar.hatched, bar.left_edge, bar.right_edge) {
        (true, ..) => format!("url(#hatch-{id})"),
        (false, BarEdge::Unknown, _) => format!("url(#left-{id})"),
        (false, _, BarEdge::Unknown) => format!("url(#right-{id})"),
        (false, ..) => colour.to_owned(),
    };
    let stroke = if bar.hatched { colour } else { "none" };
    drawing.element(format_args!(r#"<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{fill}" stroke="{stroke}"/>"#));
    for (x, edge, towards) in [(left, bar.left_edge, 1.0), (right, bar.right_edge, -1.0)] {
        match edge {
            BarEdge::Approximate => drawing.element(format_args!(
                r#"<path d="M{x} {}v{}" stroke="{}" stroke-width="2" stroke-dasharray="3 2" fill="none"/>"#,
                top - 4.0,
                height + 8.0,
                colours.ink
            )),
            BarEdge::Clipped => drawing.element(format_args!(
                r#"<path d="M{} {}l{} {HALF_BAR}l{} {HALF_BAR}" stroke="{}" stroke-width="2" fill="none"/>"#,
                x + towards * 12.0,
                top,
                -towards * 7.0,
                towards * 7.0,
                colours.paper
            )),
            BarEdge::Sharp | BarEdge::Unknown => {}
        }
    }
    if let Some(position) = bar.flag {
        let (x, towards) = (lane + position.of(LANE), if *language == Language::Ar { -1.0 } else { 1.0 });
        drawing.element(format_args!(
            r#"<path d="M{x} {}v-26h{}l{} 5l{} 5h{}" fill="{today}" stroke="{today}" stroke-width="1.5"/>"#,
            middle + HALF_BAR,
            towards * 13.0,
            towards * -4.0,
            towards * 4.0,
            towards * -13.0,
            today = colours.today
        ));
    }
    for position in &bar.report_positions {
        drawing.element(format_args!(
            r#"<circle cx="{}" cy="{middle}" r="5.5" fill="{}" stroke="{}" stroke-width="2.5"/>"#,
            lane + position.of(LANE),
            colours.paper,
            colours.today
        ));
    }
}
