//! Addresses that authors give to nodes.

/// An address that runs no script: relative, or of one of the usual schemes.
pub(super) fn safe(address: &str) -> Option<String> {
    let scheme: String =
        address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take_while(|c| *c != ':').collect();
    let has_scheme = address.contains(':') && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let is_safe = !has_scheme || matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "mailto");
    is_safe.then(|| address.to_owned())
}
