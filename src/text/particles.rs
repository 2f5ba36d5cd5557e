//! Particles that are written as one word with the next (و ف ب ل ك), and the English genitive.

/// A word (by its key) as it stands, and without the particles that it may begin with, or an English genitive.
#[must_use]
pub fn bare_forms(key: &str) -> Vec<String> {
    const PARTICLES: [&str; 7] = ["و", "ف", "ب", "ل", "ك", "ول", "وب"];
    let mut forms = vec![key.to_owned()];
    for rest in PARTICLES.iter().filter_map(|particle| key.strip_prefix(particle)).filter(|rest| rest.chars().count() > 2) {
        forms.push(rest.to_owned());
        // The article loses its alef after ل.
        forms.extend(rest.strip_prefix('ل').map(|noun| format!("ال{noun}")));
    }
    forms.extend(key.strip_suffix('s').filter(|word| word.len() > 3 && word.is_ascii()).map(str::to_owned));
    forms
}
