//! Names as a record keeps them: there may be millions, so all names of a record share their letters.

use super::{CaseRule, Name, NameKind};
use crate::model::Spanned;
use crate::text::ByteRange;

/// The names of a record, the canonical one first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Each name, and its language where one is given, one after the other.
    letters: Box<str>,
    entries: Box<[Entry]>,
}

/// One name of a record, as one asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameView<'r> {
    /// The form and where it is written.
    pub text: Spanned<&'r str>,
    /// A BCP 47 language tag, where the record gives one.
    pub lang: Option<&'r str>,
    /// What sort of name it is.
    pub kind: NameKind,
    /// How letter case counts; `None` lets the form decide.
    pub case: Option<CaseRule>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    /// Where its letters start.
    start: u32,
    n_bytes: u32,
    range: ByteRange,
    /// How many bytes of the language follow, and one more; 0 where none is given.
    n_lang: u16,
    kind: NameKind,
    case: Option<CaseRule>,
}

impl Names {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The first one.
    #[must_use]
    pub fn first(&self) -> Option<NameView<'_>> {
        self.get(0)
    }

    /// The one with this number.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<NameView<'_>> {
        self.entries.get(number).map(|entry| self.view(entry))
    }

    /// All of them.
    #[must_use]
    pub fn iter(&self) -> NamesIter<'_> {
        NamesIter { names: self, entries: self.entries.iter() }
    }

    fn view(&self, entry: &Entry) -> NameView<'_> {
        let start = entry.start as usize;
        let end = start + entry.n_bytes as usize;
        let lang = entry.n_lang.checked_sub(1).and_then(|n_bytes| self.letters.get(end..end + usize::from(n_bytes)));
        let text = self.letters.get(start..end).unwrap_or_default();
        NameView { text: Spanned::new(text, entry.range), lang, kind: entry.kind, case: entry.case }
    }
}

impl FromIterator<Name> for Names {
    fn from_iter<I: IntoIterator<Item = Name>>(names: I) -> Names {
        let (mut letters, mut entries) = (String::new(), Vec::new());
        for name in names {
            let (Ok(start), Ok(n_bytes)) = (u32::try_from(letters.len()), u32::try_from(name.text.value.len())) else {
                break;
            };
            letters.push_str(&name.text.value);
            // No language has a tag of 64 KB.
            let lang = name.lang.filter(|lang| lang.len() < usize::from(u16::MAX));
            let n_lang = lang.as_ref().and_then(|lang| u16::try_from(lang.len() + 1).ok()).unwrap_or_default();
            letters.push_str(&lang.unwrap_or_default());
            entries.push(Entry { start, n_bytes, range: name.text.range, n_lang, kind: name.kind, case: name.case });
        }
        // Copies: the allocator would leave shortened ones where they lie, in up to twice the room.
        Names { letters: Box::from(letters.as_str()), entries: Box::from(entries.as_slice()) }
    }
}

impl Extend<Name> for Names {
    fn extend<I: IntoIterator<Item = Name>>(&mut self, names: I) {
        *self = self.iter().map(|name| name.to_name()).chain(names).collect();
    }
}

impl From<Vec<Name>> for Names {
    fn from(names: Vec<Name>) -> Names {
        names.into_iter().collect()
    }
}

impl<'r> IntoIterator for &'r Names {
    type Item = NameView<'r>;
    type IntoIter = NamesIter<'r>;

    fn into_iter(self) -> NamesIter<'r> {
        self.iter()
    }
}

/// The names of a record, one after the other.
#[derive(Clone, Debug)]
pub struct NamesIter<'r> {
    names: &'r Names,
    entries: std::slice::Iter<'r, Entry>,
}

impl<'r> Iterator for NamesIter<'r> {
    type Item = NameView<'r>;

    fn next(&mut self) -> Option<NameView<'r>> {
        self.entries.next().map(|entry| self.names.view(entry))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.entries.size_hint()
    }
}

impl ExactSizeIterator for NamesIter<'_> {}

impl<'r> DoubleEndedIterator for NamesIter<'r> {
    fn next_back(&mut self) -> Option<NameView<'r>> {
        self.entries.next_back().map(|entry| self.names.view(entry))
    }
}

impl NameView<'_> {
    /// The same by itself.
    #[must_use]
    pub fn to_name(&self) -> Name {
        let text = Spanned::new(self.text.value.to_owned(), self.text.range);
        Name { text, lang: self.lang.map(str::to_owned), kind: self.kind, case: self.case }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str, lang: Option<&str>, kind: NameKind, case: Option<CaseRule>) -> Name {
        let text = Spanned::new(text.to_owned(), ByteRange::new(7, 7 + text.len()));
        Name { text, lang: lang.map(str::to_owned), kind, case }
    }

    #[test]
    fn names_come_back_as_they_were_put_in() {
        let list = vec![
            name("Harbour Works", None, NameKind::Canonical, None),
            name("", Some(""), NameKind::Alias, Some(CaseRule::Exact)),
            name("Société du Port", Some("fr"), NameKind::Former, Some(CaseRule::Case)),
            name("港口公司", Some("zh-Hans"), NameKind::Transliteration, None),
            name("HW", None, NameKind::Weak, Some(CaseRule::Never)),
        ];
        let names: Names = list.clone().into();
        assert_eq!(names.iter().map(|name| name.to_name()).collect::<Vec<_>>(), list);
        assert_eq!(names.iter().rev().map(|name| name.kind).next(), Some(NameKind::Weak));
        assert_eq!((names.len(), names.is_empty(), names.iter().len()), (5, false, 5));
        assert_eq!(names.get(3).map(|name| name.text.value), Some("港口公司"));
        assert_eq!((names.get(5), Names::default().first()), (None, None));
        let mut first: Names = list.iter().take(2).cloned().collect();
        first.extend(list.iter().skip(2).cloned());
        assert_eq!(first, names);
    }

    #[test]
    fn a_name_takes_few_bytes_besides_its_letters() {
        assert_eq!((size_of::<Entry>(), size_of::<Names>()), (20, 32));
    }
}
