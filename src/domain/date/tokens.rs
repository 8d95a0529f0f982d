//! A text cut into words, numbers and marks, all of them folded.
//!
//! Accents and case go; so do characters that show nothing. A letter of another alphabet stays what it is, so that no
//! look-alike passes for a Latin letter: such a word is in no vocabulary, and [`read`](super::read) names the letter.

/// A piece of a text.
#[derive(Debug, Clone, Copy)]
pub(in crate::domain) struct Token {
    pub(in crate::domain) kind: Kind,
    pub(in crate::domain) gap: Gap,
    /// Where it begins in the text, in bytes.
    pub(in crate::domain) start: usize,
    /// Where it ends in the text, in bytes.
    pub(in crate::domain) end: usize,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) enum Kind {
    /// Latin letters, lower case and without accents.
    Word(Word),
    /// Decimal digits, and how many; the value of a very long number is cut to what it can hold.
    Number { value: u32, digits: usize },
    /// A mark; the kinds of apostrophe and of dash are one each.
    Mark(char),
    /// A character of another alphabet, or a control character.
    Foreign(char),
}

/// What stands before a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::domain) enum Gap {
    /// Nothing.
    Glued,
    /// White space, with at most one end of line.
    Space,
    /// An empty line: no date goes across.
    Paragraph,
}

/// A folded word. Longer ones than any of the vocabulary are all the same word, which is in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::domain) struct Word {
    letters: [u8; Self::MOST],
    length: u8,
}

impl Word {
    const MOST: usize = 15;
    const EMPTY: Self = Self { letters: [0; Self::MOST], length: 0 };

    /// Letters past the most are counted and not kept.
    fn extend(&mut self, letters: &[u8]) {
        for letter in letters {
            if let Some(place) = self.letters.get_mut(usize::from(self.length)) {
                *place = *letter;
            }
            self.length = self.length.saturating_add(1);
        }
    }

    /// The letters, or nothing for a word that is too long.
    pub(in crate::domain) fn as_str(&self) -> &str {
        let letters = self.letters.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(letters).unwrap_or_default()
    }
}

impl Token {
    /// The folded letters, if it is a word.
    pub(in crate::domain) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word.as_str()),
            _ => None,
        }
    }

    /// The character of another alphabet, if it is one.
    pub(in crate::domain) fn foreign(&self) -> Option<char> {
        match self.kind {
            Kind::Foreign(character) => Some(character),
            _ => None,
        }
    }
}

/// What a character is once folded.
enum Folded {
    Letter(u8),
    Letters(u8, u8),
    Digit(u8),
    Space,
    Line,
    Nothing,
    Mark(char),
    Foreign,
}

/// The pieces of a text, in order.
pub(in crate::domain) fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::with_capacity(text.len() / 4 + 1);
    let mut gap = Gap::Space;
    let mut lines = 0u8;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        let kind = match fold(c) {
            Folded::Space | Folded::Line if found.is_empty() => continue,
            Folded::Space => {
                gap = gap.max(Gap::Space);
                continue;
            }
            Folded::Line => {
                lines = lines.saturating_add(1);
                gap = if lines > 1 { Gap::Paragraph } else { gap.max(Gap::Space) };
                continue;
            }
            Folded::Nothing => {
                if let Some(last) = found.last_mut().filter(|_| gap == Gap::Glued) {
                    last.end = end;
                }
                continue;
            }
            Folded::Letter(letter) => lengthen(&mut found, gap, end, &[letter]),
            Folded::Letters(first, second) => lengthen(&mut found, gap, end, &[first, second]),
            Folded::Digit(digit) => continue_number(&mut found, gap, end, digit),
            Folded::Mark(mark) => Some(Kind::Mark(mark)),
            Folded::Foreign => Some(Kind::Foreign(c)),
        };
        if let Some(kind) = kind {
            found.push(Token { kind, gap, start, end });
        }
        (gap, lines) = (Gap::Glued, 0);
    }
    found
}

/// Adds letters to the word under way, or gives a new one.
fn lengthen(found: &mut [Token], gap: Gap, end: usize, letters: &[u8]) -> Option<Kind> {
    let under_way = found.last_mut().filter(|_| gap == Gap::Glued);
    if let Some(Token { kind: Kind::Word(word), end: last, .. }) = under_way {
        word.extend(letters);
        *last = end;
        return None;
    }
    let mut word = Word::EMPTY;
    word.extend(letters);
    Some(Kind::Word(word))
}

/// Adds a digit to the number under way, or gives a new one.
fn continue_number(found: &mut [Token], gap: Gap, end: usize, digit: u8) -> Option<Kind> {
    let under_way = found.last_mut().filter(|_| gap == Gap::Glued);
    if let Some(Token { kind: Kind::Number { value, digits }, end: last, .. }) = under_way {
        *value = value.saturating_mul(10).saturating_add(digit.into());
        *digits += 1;
        *last = end;
        return None;
    }
    Some(Kind::Number { value: digit.into(), digits: 1 })
}

fn fold(c: char) -> Folded {
    let letter = |letter: char| u8::try_from(letter).map_or(Folded::Foreign, Folded::Letter);
    match c {
        'a'..='z' => letter(c),
        'A'..='Z' => letter(c.to_ascii_lowercase()),
        '0'..='9' => c.to_digit(10).and_then(|d| u8::try_from(d).ok()).map_or(Folded::Foreign, Folded::Digit),
        '\n' | '\u{2028}' | '\u{2029}' => Folded::Line,
        // A carriage return ends a line only with the line feed beside it.
        ' ' | '\t' | '\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Folded::Space,
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'À' | 'Â' | 'Ä' | 'Á' | 'Ã' => Folded::Letter(b'a'),
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' | 'ᵉ' => Folded::Letter(b'e'),
        'î' | 'ï' | 'í' | 'ì' | 'Î' | 'Ï' | 'Í' | 'Ì' => Folded::Letter(b'i'),
        'ô' | 'ö' | 'ó' | 'ò' | 'õ' | 'Ô' | 'Ö' | 'Ó' | 'Ò' | 'Õ' => Folded::Letter(b'o'),
        'û' | 'ù' | 'ü' | 'ú' | 'Û' | 'Ù' | 'Ü' | 'Ú' => Folded::Letter(b'u'),
        'ÿ' | 'Ÿ' => Folded::Letter(b'y'),
        'ç' | 'Ç' => Folded::Letter(b'c'),
        'ñ' | 'Ñ' => Folded::Letter(b'n'),
        'ʳ' => Folded::Letter(b'r'),
        'œ' | 'Œ' => Folded::Letters(b'o', b'e'),
        'æ' | 'Æ' => Folded::Letters(b'a', b'e'),
        '\'' | '’' | '‘' | 'ʼ' | '`' | '´' => Folded::Mark('\''),
        '-' | '_' | '‐' | '‑' | '‒' | '–' | '—' | '−' => Folded::Mark('-'),
        // Accents that are written after their letter, and what shows nothing.
        '\u{300}'..='\u{36f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => Folded::Nothing,
        c if c.is_alphanumeric() || c.is_control() => Folded::Foreign,
        c => Folded::Mark(c),
    }
}

/// The pieces without the quotation marks and brackets around them, and without the marks that end a sentence.
pub(in crate::domain) fn trimmed(tokens: &[Token]) -> &[Token] {
    let opens = |token: &Token| matches!(token.kind, Kind::Mark('«' | '"' | '“' | '(' | '\''));
    let closes =
        |token: &Token| matches!(token.kind, Kind::Mark('»' | '"' | '”' | ')' | '\'' | '.' | ',' | ';' | '!' | '?'));
    let from = tokens.iter().position(|token| !opens(token)).unwrap_or(tokens.len());
    let to = tokens.iter().rposition(|token| !closes(token)).map_or(from, |last| last + 1);
    &tokens[from..to.max(from)]
}
