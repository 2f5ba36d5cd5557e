//! The program. See [`bayan::cli`].

fn main() -> std::process::ExitCode {
    bayan::cli::run()
}
