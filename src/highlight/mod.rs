//! Stands here only until the real one lands.
#[derive(Default)]
pub struct Memory {}
pub struct Highlighter {}
#[derive(Clone, Copy)]
pub struct Language(u8);
impl Language {
    pub fn name(&self) -> &str { "YAML" }
    pub fn is_plain(&self) -> bool { true }
    pub fn is_console(&self) -> bool { false }
}
impl Highlighter {
    pub fn new() -> Self { Highlighter {} }
    pub fn language(&self, _t: &str) -> Option<Language> { Some(Language(0)) }
    pub fn nearest(&self, _t: &str) -> Option<String> { None }
    pub fn highlight(&self, code: &str, _l: Language, _m: &mut Memory) -> Vec<String> {
        code.lines().map(|l| crate::render::xml(l)).collect()
    }
}
