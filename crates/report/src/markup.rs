//! HTML and SVG text: everything that users wrote is escaped on its way in.

use crate::words::clean;

/// Text for element content and quoted attributes.
pub(crate) fn esc(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Escaped text in which words between backticks are set as code.
pub(crate) fn prose(text: &str) -> String {
    let mut out = String::new();
    let parts: Vec<&str> = text.split('`').collect();
    let paired = parts.len() - usize::from(parts.len().is_multiple_of(2));
    for (i, part) in parts.iter().enumerate() {
        match i % 2 {
            1 if i < paired => out += &format!("<code>{}</code>", esc(part)),
            _ if i >= paired => out += &format!("`{}", esc(part)),
            _ => out += &esc(part),
        }
    }
    out
}

/// A dotted path that may break after its dots.
pub(crate) fn path(text: &str) -> String {
    format!("<code>{}</code>", esc(text).replace('.', ".<wbr>"))
}

/// A path of a file that may break after its slashes.
pub(crate) fn place(text: &str) -> String {
    format!(
        "<span class=\"place\">{}</span>",
        esc(text).replace('/', "/<wbr>")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_users_is_markup() {
        assert_eq!(esc("<b a=\"x\">&'"), "&lt;b a=&quot;x&quot;&gt;&amp;&#39;");
        assert_eq!(prose("take `a<b` now"), "take <code>a&lt;b</code> now");
        assert_eq!(prose("one ` only"), "one ` only");
        assert_eq!(prose("`a` and `b"), "<code>a</code> and `b");
        assert_eq!(path("a.b"), "<code>a.<wbr>b</code>");
    }
}
