//! The arguments of the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::{cli::check::ReportFormat, config::Settings, text::Language};

/// What the signals do, at the end of the help.
const SIGNALS: &str = "Signals: SIGTERM, SIGINT and SIGQUIT stop the service once requests in flight are finished. SIGHUP opens the database file again. SIGUSR1 and SIGUSR2 do nothing.";

/// Serves a diplomatic statement as data that can be queried, polled and cited.
#[derive(Clone, Debug, Parser)]
#[command(version, about, after_help = SIGNALS)]
pub struct Arguments {
    /// The settings, from flags and variables.
    #[command(flatten)]
    pub settings: Settings,

    /// The subcommand. Without one the program serves.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The subcommands.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Serves, as the program does without a subcommand.
    #[command(hide = true)]
    Serve,

    /// Checks whether the service that listens on this machine is ready. The exit code is 0 if it is, for container health checks.
    Health,

    /// Checks packages, and reports every mistake with its place. The exit code is 1 if there is an error; warnings do not count.
    Check {
        /// The packages, or folders of them: YAML or JSON, one statement each, or JSON Lines. They may refer to each other.
        #[arg(required = true)]
        files: Vec<PathBuf>,

        /// How mistakes are reported.
        #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
        format: ReportFormat,

        /// Accepts packages of statements that were withdrawn, as an import with this flag does.
        #[arg(long)]
        restore: bool,
    },

    /// Writes the draft of a package to standard output, from a plain text in Arabic or English: its clauses, dates, actors and places, with TODO for all that a person decides. Nothing is translated.
    Draft {
        /// The text, in UTF-8. Each line with words is a paragraph.
        text: PathBuf,

        /// The language of the text; by default the one that most of its letters belong to.
        #[arg(long, value_enum)]
        language: Option<Language>,
    },

    /// Checks packages and publishes their statements. A running service takes them up within a second. If one package has an error, nothing is imported.
    Import {
        /// The packages, or folders of them.
        #[arg(required_unless_present = "upgrade")]
        paths: Vec<PathBuf>,

        /// First builds the database anew if another version of the program built it; what was imported is carried over. A start of the service does the same.
        #[arg(long)]
        upgrade: bool,

        /// Only shows what would change.
        #[arg(long)]
        dry_run: bool,

        /// Publishes statements again that were withdrawn. Without it, their packages are errors.
        #[arg(long)]
        restore: bool,
    },

    /// Serves a package with the rest of the data before it is imported, on this machine alone, anew after each save. The pages show what is wrong with it; the database stays as it is.
    Preview {
        /// The package.
        file: PathBuf,

        /// The port; 0 takes a free one.
        #[arg(long, default_value_t = 0)]
        port: u16,
    },

    /// Withdraws a statement: its ids answer 410 with the reason, and its history stays. What other statements use of its registers passes to them. Again, with another reason, it corrects the reason.
    Withdraw {
        /// The id of the statement.
        id: String,

        /// Why it is withdrawn, in English. Readers see this.
        #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
        reason: String,

        /// The same in Arabic.
        #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
        reason_ar: String,
    },

    /// Writes statements as packages to standard output: one as JSON, several as JSON Lines.
    Export {
        /// The ids of the statements; without any, all are written.
        ids: Vec<String>,
    },
}
