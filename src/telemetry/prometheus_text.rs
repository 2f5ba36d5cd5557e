//! The text format of Prometheus (0.0.4), from that of `OpenMetrics`, which is the only one that the metrics library writes.

/// The same metrics in Prometheus' own format: a counter is described under the name of its samples, and there are no units
/// and no mark of the end.
pub fn prometheus_text(open_metrics: &str) -> String {
    let mut text = String::with_capacity(open_metrics.len());
    // A HELP waits for the TYPE of its metric, which follows it.
    let mut help = None;
    for line in open_metrics.lines() {
        let mut words = line.splitn(4, ' ');
        match [words.next(), words.next(), words.next(), words.next()] {
            [Some("#"), Some("HELP"), Some(_), described] => help = described,
            [Some("#"), Some("TYPE"), Some(name), Some(kind)] => {
                let suffix = if kind == "counter" { "_total" } else { "" };
                if let Some(help) = help.take() {
                    text.extend(["# HELP ", name, suffix, " ", help, "\n"]);
                }
                text.extend(["# TYPE ", name, suffix, " ", kind, "\n"]);
            }
            [Some("#"), ..] => {}
            _ => {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_described_under_the_name_of_their_samples() {
        let open_metrics = "# HELP lookups Lookups of things, found or not.\n# TYPE lookups counter\nlookups_total{result=\"a # b\"} 1\n\
                            # HELP age_seconds The age.\n# TYPE age_seconds gauge\n# UNIT age_seconds seconds\nage_seconds 1.5\n# EOF\n";
        let text = "# HELP lookups_total Lookups of things, found or not.\n# TYPE lookups_total counter\nlookups_total{result=\"a # b\"} 1\n\
                    # HELP age_seconds The age.\n# TYPE age_seconds gauge\nage_seconds 1.5\n";
        assert_eq!(prometheus_text(open_metrics), text);
    }
}
