//! Blocks of HTML: tags are markup, scripts and styles are not shown, entities are letters.

use super::blocks::{Block, Hint};

/// Elements whose content no reader sees.
const HIDDEN: [&str; 6] = ["script", "style", "head", "noscript", "template", "svg"];
/// Elements that end a block.
const BLOCKS: [&str; 36] = [
    "p",
    "div",
    "article",
    "section",
    "header",
    "footer",
    "main",
    "aside",
    "nav",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
    "hr",
    "address",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "body",
    "html",
    "form",
    "caption",
    "tbody",
];

/// Splits HTML into blocks, in one pass.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    let mut at = 0;
    // No tag ends before this byte, so that many open tags cost no search each.
    let mut barren = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("<!--") {
            at += rest.find("-->").map_or(rest.len(), |n| n + 3);
        } else if let Some(tag) = (at >= barren).then(|| Tag::read(rest)).flatten() {
            at += tag.length;
            at += reader.tag(&tag, at, text);
        } else {
            if rest.starts_with('<') && !rest.bytes().take(LONGEST_TAG).any(|b| b == b'>') {
                barren = at + LONGEST_TAG;
            }
            let end = rest.bytes().skip(1).position(|b| b == b'<');
            let end = end.map_or(rest.len(), |n| n + 1);
            reader.text(&rest[..end], at);
            at += end;
        }
    }
    reader.close();
    reader.out
}

struct Tag<'a> {
    name: String,
    closing: bool,
    attributes: &'a str,
    length: usize,
}

impl<'a> Tag<'a> {
    /// A tag at the start of `rest`; `<` before anything but a letter or `/` is text.
    fn read(rest: &'a str) -> Option<Tag<'a>> {
        let inner = rest.strip_prefix('<')?;
        let closing = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
            return None;
        }
        let end = tag_end(inner)?;
        let body = &inner[..end];
        let name_end = body
            .find(|c: char| c.is_ascii_whitespace() || c == '/')
            .unwrap_or(body.len());
        Some(Tag {
            name: body[..name_end].to_ascii_lowercase(),
            closing,
            attributes: &body[name_end..],
            length: 1 + usize::from(closing) + end + 1,
        })
    }

    fn hint(&self) -> Hint {
        if let Some(level) = self.name.strip_prefix('h').and_then(|l| l.parse().ok())
            && (1..=6).contains(&level)
        {
            return Hint::Heading(level);
        }
        let attributes = self.attributes.to_ascii_lowercase();
        let has = |w: &str| attributes.contains(w);
        match self.name.as_str() {
            "figcaption" | "caption" => Hint::Caption,
            "address" => Hint::Byline,
            _ if has("byline") || has("rel=\"author\"") => Hint::Byline,
            _ if has("kicker") || has("overline") => Hint::Kicker,
            _ => Hint::Text,
        }
    }
}

/// Longest tag that is looked for.
const LONGEST_TAG: usize = 4096;

/// The `>` that ends a tag: the first one outside quotation marks, or the first at all where
/// a quotation mark is never closed.
fn tag_end(inner: &str) -> Option<usize> {
    let (mut quote, mut first) = (None, None);
    for (i, b) in inner.bytes().enumerate().take(LONGEST_TAG) {
        match (quote, b) {
            (None, b'>') => return Some(i),
            (_, b'>') => first = first.or(Some(i)),
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(q), _) if q == b => quote = None,
            _ => {}
        }
    }
    first
}

#[derive(Default)]
struct Reader {
    out: Vec<Block>,
    open: Option<Block>,
    hint: Option<Hint>,
    link: Option<usize>,
}

impl Reader {
    /// Handles a tag; returns how many further bytes it hides.
    fn tag(&mut self, tag: &Tag<'_>, after: usize, text: &str) -> usize {
        if HIDDEN.contains(&tag.name.as_str()) && !tag.closing {
            return hidden(text.get(after..).unwrap_or(""), &tag.name);
        }
        if tag.name == "br" {
            if let Some(block) = &mut self.open {
                block.text.push('\n');
            }
        } else if tag.name == "a" {
            self.anchor(tag.closing);
        } else if BLOCKS.contains(&tag.name.as_str()) {
            self.close();
            self.hint = (!tag.closing).then(|| tag.hint());
        } else if tag.hint() != Hint::Text && !tag.closing && self.open.is_none() {
            self.hint = Some(tag.hint());
        }
        0
    }

    fn anchor(&mut self, closing: bool) {
        let length = self.open.as_ref().map_or(0, |b| b.text.len());
        if !closing {
            self.link = Some(length);
        } else if let (Some(start), Some(block)) = (self.link.take(), &mut self.open) {
            let text = block.text.get(start..).unwrap_or("").trim().to_string();
            block.ends_with_link = !text.is_empty();
            block.links.push(text);
        }
    }

    fn text(&mut self, raw: &str, at: usize) {
        if self.open.is_none() && raw.trim().is_empty() {
            return;
        }
        let hint = self.hint.unwrap_or(Hint::Text);
        let block = self.open.get_or_insert_with(|| Block {
            span: at + (raw.len() - raw.trim_start().len())..at,
            text: String::new(),
            hint,
            links: Vec::new(),
            ends_with_link: false,
        });
        if !raw.trim().is_empty() {
            block.span.end = at + raw.trim_end().len();
            block.ends_with_link = false;
        }
        spaced(&entities(raw), &mut block.text);
    }

    fn close(&mut self) {
        self.link = None;
        if let Some(mut block) = self.open.take() {
            block.text = block.text.trim().to_string();
            if !block.text.is_empty() {
                self.out.push(block);
            }
        }
    }
}

/// Bytes up to and with the closing tag of a hidden element; to the end if there is none.
fn hidden(rest: &str, name: &str) -> usize {
    let close = format!("</{name}");
    let bytes = rest.as_bytes();
    let found = bytes
        .windows(close.len())
        .position(|w| w.eq_ignore_ascii_case(close.as_bytes()));
    match found {
        Some(at) => {
            at + bytes[at..]
                .iter()
                .position(|b| *b == b'>')
                .map_or(bytes.len() - at, |n| n + 1)
        }
        None => rest.len(),
    }
}

/// White space runs become one space.
fn spaced(raw: &str, out: &mut String) {
    for c in raw.chars() {
        if !c.is_whitespace() || c == '\u{a0}' {
            out.push(if c == '\u{a0}' { ' ' } else { c });
        } else if !out.ends_with([' ', '\n']) && !out.is_empty() {
            out.push(' ');
        }
    }
}

/// Replaces character references; unknown ones stay as they are.
pub(crate) fn entities(raw: &str) -> std::borrow::Cow<'_, str> {
    if !raw.contains('&') {
        return raw.into();
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        match end.and_then(|e| Some((e, entity(rest.get(1..e)?)?))) {
            Some((end, c)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.into()
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    let known = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", '\u{a0}'),
        ("mdash", '—'),
        ("ndash", '–'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("hellip", '…'),
        ("raquo", '»'),
        ("laquo", '«'),
        ("copy", '©'),
        ("eacute", 'é'),
        ("egrave", 'è'),
        ("uuml", 'ü'),
        ("ouml", 'ö'),
        ("auml", 'ä'),
        ("szlig", 'ß'),
        ("ccedil", 'ç'),
        ("rarr", '→'),
        ("middot", '·'),
        ("bull", '•'),
    ];
    known.iter().find(|(n, _)| *n == name).map(|(_, c)| *c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hidden_parts_and_entities() {
        let page = "<html><head><title>t</title></head><body><h1>Big &amp; bold</h1>\
            <script>if (a < b) {}</script><p class=\"byline\">By A</p><p>One <b>two</b><br>three \
            <a href='x>y'>link</a></p><figcaption>cap</figcaption>tail</body>";
        let got = blocks(page);
        let texts: Vec<&str> = got.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(
            texts,
            ["Big & bold", "By A", "One two\nthree link", "cap", "tail"]
        );
        assert_eq!(got[0].hint, Hint::Heading(1));
        assert_eq!(got[1].hint, Hint::Byline);
        assert_eq!(got[3].hint, Hint::Caption);
        assert_eq!(got[2].links, ["link"]);
        assert_eq!(&page[got[4].span.clone()], "tail");
    }

    #[test]
    fn broken_html_is_text() {
        assert_eq!(blocks("a < b & c &bogus; <")[0].text, "a < b & c &bogus; <");
        assert!(blocks("<script>never closed").is_empty());
        assert_eq!(blocks("<p>é<")[0].text, "é<");
    }
}
