//! How terminal text looks: its width, and its tones.

use anstyle::{AnsiColor, Style};

/// Width and colour of terminal text. Whether colour is wanted (a terminal, NO_COLOR) is
/// the caller's to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns, read as at least 40.
    pub width: usize,
    /// Whether to use ANSI colours. Nothing is said by colour alone.
    pub colour: bool,
}

impl Default for Look {
    fn default() -> Self {
        Look {
            width: 80,
            colour: false,
        }
    }
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Tone {
    #[default]
    Plain,
    Title,
    Strong,
    Faint,
    Good,
    Bad,
    Doubt,
}

impl Tone {
    fn style(self) -> Style {
        let style = Style::new();
        match self {
            Tone::Plain => style,
            Tone::Title => style.bold().fg_color(Some(AnsiColor::Cyan.into())),
            Tone::Strong => style.bold(),
            Tone::Faint => style.dimmed(),
            Tone::Good => style.fg_color(Some(AnsiColor::Blue.into())),
            Tone::Bad => style.fg_color(Some(AnsiColor::Red.into())),
            Tone::Doubt => style.fg_color(Some(AnsiColor::Yellow.into())),
        }
    }
}

impl Look {
    /// The text in a tone.
    pub(crate) fn paint(self, tone: Tone, text: &str) -> String {
        if !self.colour || tone == Tone::Plain || text.is_empty() {
            return text.to_owned();
        }
        let style = tone.style();
        format!("{style}{text}{style:#}")
    }

    /// Columns in use.
    pub(crate) fn columns(self) -> usize {
        self.width.max(40)
    }
}
