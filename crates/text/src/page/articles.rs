//! Blocks into articles, teasers and captions.

use super::blocks::{Block, Hint};
use super::classify::{Role, ends_open, role};
use crate::dates::{DateMention, dates_in};
use std::ops::Range;

/// A piece of the page: its text without markup and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Text without markup.
    pub text: String,
    /// Bytes of the page, markup included.
    pub span: Range<usize>,
}

impl From<&Block> for Part {
    fn from(block: &Block) -> Self {
        Part {
            text: block.text.clone(),
            span: block.span.clone(),
        }
    }
}

/// What an article's text consists of, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Running text.
    Paragraph(Part),
    /// A heading inside the article.
    Subhead(Part),
}

impl Body {
    /// The part, whichever it is.
    pub fn part(&self) -> &Part {
        match self {
            Body::Paragraph(part) | Body::Subhead(part) => part,
        }
    }
}

/// A line that says where the text goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jump {
    /// The line.
    pub part: Part,
    /// The page, where it names one.
    pub page: Option<u32>,
}

/// An article or the part of it that is on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Headline.
    pub headline: Option<Part>,
    /// Label above or below the headline.
    pub kicker: Option<Part>,
    /// The by-line as it stands.
    pub byline: Option<Part>,
    /// The author's name.
    pub author: Option<String>,
    /// The author's role.
    pub author_role: Option<String>,
    /// The role, where it is a block of its own.
    pub role_part: Option<Part>,
    /// Paragraphs and sub-heads in order.
    pub body: Vec<Body>,
    /// Captions inside the article.
    pub captions: Vec<Caption>,
    /// Where it continues.
    pub jump: Option<Jump>,
    /// It ends within a sentence.
    pub ends_open: bool,
}

/// A headline that points to another page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Teaser {
    /// Headline.
    pub headline: Option<Part>,
    /// Label.
    pub kicker: Option<Part>,
    /// Lines below it.
    pub text: Vec<Part>,
    /// The line with the page.
    pub reference: Part,
    /// The page.
    pub page: Option<u32>,
}

/// A picture's caption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// All of it.
    pub part: Part,
    /// Who took or gave the picture.
    pub credit: Option<String>,
    /// The dates in it.
    pub dates: Vec<DateMention>,
}

/// A page taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Articles in the order of the page.
    pub articles: Vec<Article>,
    /// Teasers in the order of the page.
    pub teasers: Vec<Teaser>,
    /// Captions outside articles.
    pub captions: Vec<Caption>,
    /// Parts that belong to none of these.
    pub loose: Vec<Part>,
}

impl Article {
    /// Every part of the article.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        let single = [&self.headline, &self.kicker, &self.byline, &self.role_part];
        let body = self.body.iter().map(Body::part);
        let captions = self.captions.iter().map(|c| &c.part);
        let jump = self.jump.iter().map(|j| &j.part);
        single
            .into_iter()
            .flatten()
            .chain(body)
            .chain(captions)
            .chain(jump)
    }

    /// Texts of the sub-heads in order.
    pub fn subheads(&self) -> impl Iterator<Item = &str> {
        self.body.iter().filter_map(|b| match b {
            Body::Subhead(part) => Some(part.text.as_str()),
            Body::Paragraph(_) => None,
        })
    }

    fn paragraphs(&self) -> usize {
        let text = |b: &&Body| matches!(b, Body::Paragraph(_));
        self.body.iter().filter(text).count()
    }

    fn is_empty(&self) -> bool {
        self.parts().next().is_none()
    }
}

impl Page {
    /// Every part of the page, in no particular order.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        let teasers = self.teasers.iter().flat_map(|t| {
            let single = [&t.headline, &t.kicker].into_iter().flatten();
            single.chain(&t.text).chain([&t.reference])
        });
        let captions = self.captions.iter().map(|c| &c.part);
        let articles = self.articles.iter().flat_map(Article::parts);
        articles.chain(teasers).chain(captions).chain(&self.loose)
    }
}

/// Puts blocks together.
pub(super) fn assemble(blocks: Vec<Block>) -> Page {
    let roles: Vec<Role> = blocks.iter().map(role).collect();
    let mut builder = Builder::default();
    for (at, block) in blocks.iter().enumerate() {
        builder.add(block, &roles[at], roles.get(at + 1), roles.get(at + 2));
    }
    builder.finish_item();
    builder.page.loose.extend(builder.waiting.take());
    builder.page
}

#[derive(Default)]
struct Builder {
    page: Page,
    article: Article,
    level: u8,
    /// A kicker that stands before its headline.
    waiting: Option<Part>,
    /// The last item was closed by a page reference: what follows belongs to none.
    closed: bool,
}

impl Builder {
    fn add(&mut self, block: &Block, role: &Role, next: Option<&Role>, after: Option<&Role>) {
        match role {
            Role::Heading(level) => self.heading(block, *level, next, after),
            Role::Kicker => self.kicker(block, next),
            Role::Byline { name, role } => self.byline(block, name, role.as_deref()),
            Role::Reference { page, jump } => self.reference(block, *page, *jump),
            Role::Caption { credit } => self.caption(block, credit.clone()),
            Role::Text => self.paragraph(block, next),
        }
    }

    fn heading(&mut self, block: &Block, level: u8, next: Option<&Role>, after: Option<&Role>) {
        let begins = |r: Option<&Role>| matches!(r, Some(Role::Byline { .. }));
        let points = matches!(next, Some(Role::Reference { .. }));
        let new = self.article.is_empty()
            || self.closed
            || begins(next)
            || matches!(next, Some(Role::Kicker)) && begins(after)
            || points && level > 0
            || level > 0 && level <= self.level
            || self.waiting.is_some();
        if !new && self.article.headline.is_some() {
            return self.article.body.push(Body::Subhead(block.into()));
        }
        if new {
            self.finish_item();
        }
        self.article.headline = Some(block.into());
        self.article.kicker = self.waiting.take();
        self.level = level;
    }

    fn kicker(&mut self, block: &Block, next: Option<&Role>) {
        let fresh = self.article.headline.is_some()
            && self.article.body.is_empty()
            && self.article.kicker.is_none()
            && !self.closed;
        let above = matches!(next, Some(Role::Heading(_)));
        if fresh && !(above && matches!(block.hint, Hint::Text)) {
            self.article.kicker = Some(block.into());
        } else if above {
            self.finish_item();
            let before = self.waiting.replace(block.into());
            self.page.loose.extend(before);
        } else if self.article.headline.is_some() && !self.closed {
            self.article.body.push(Body::Subhead(block.into()));
        } else {
            // capitals alone: a headline set in capitals
            self.finish_item();
            self.article.headline = Some(block.into());
            self.level = 0;
        }
    }

    fn byline(&mut self, block: &Block, name: &str, role: Option<&str>) {
        if self.article.byline.is_some() || self.closed || self.article.paragraphs() > 2 {
            return self.paragraph(block, None);
        }
        self.article.byline = Some(block.into());
        self.article.author = Some(name.to_string());
        self.article.author_role = role.map(str::to_string);
    }

    fn reference(&mut self, block: &Block, page: Option<u32>, jump: bool) {
        let a = &self.article;
        if self.closed || a.is_empty() {
            return self.page.loose.push(block.into());
        }
        let teaser = !jump && a.byline.is_none() && a.paragraphs() <= 1 && a.headline.is_some();
        if teaser {
            let article = std::mem::take(&mut self.article);
            let text = article.body.iter().map(|b| b.part().clone());
            self.page.teasers.push(Teaser {
                headline: article.headline,
                kicker: article.kicker,
                text: text.collect(),
                reference: block.into(),
                page,
            });
            self.page.captions.extend(article.captions);
        } else {
            self.article.jump = Some(Jump {
                part: block.into(),
                page,
            });
            self.finish_item();
        }
        self.closed = true;
    }

    fn caption(&mut self, block: &Block, credit: Option<String>) {
        let caption = Caption {
            part: block.into(),
            credit,
            dates: dates_in(&block.text),
        };
        let inside = !self.closed && self.article.paragraphs() > 0;
        match inside {
            true => self.article.captions.push(caption),
            false => self.page.captions.push(caption),
        }
    }

    fn paragraph(&mut self, block: &Block, next: Option<&Role>) {
        if self.closed {
            return self.page.loose.push(block.into());
        }
        let a = &mut self.article;
        let role_line = a.byline.is_some()
            && a.author_role.is_none()
            && a.paragraphs() == 0
            && block.words() <= 8
            && !block.text.ends_with('.')
            && next.is_some();
        if role_line {
            a.author_role = Some(block.text.clone());
            a.role_part = Some(block.into());
        } else {
            a.body.push(Body::Paragraph(block.into()));
        }
    }

    fn finish_item(&mut self) {
        let mut article = std::mem::take(&mut self.article);
        self.closed = false;
        self.level = 0;
        if article.is_empty() {
            return;
        }
        let open = |b: &Body| matches!(b, Body::Paragraph(p) if ends_open(&p.text));
        article.ends_open = article.jump.is_none() && article.body.last().is_some_and(open);
        self.page.articles.push(article);
    }
}
