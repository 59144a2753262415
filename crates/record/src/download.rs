//! Fetching a file from its publisher.
//!
//! What has arrived is kept beside (`NAME.part`, with the address and the server's tag), so
//! a broken download goes on where it stopped, in this run or the next. A file is only
//! handed on when as many bytes have arrived as the server said; whether they are the
//! right ones is for the digests to say.

use crate::codes;
use crate::read::bytes::{MOST_BYTES, sha256};
use crate::refusal::{Outcome, Refusal, cannot_write};
use raison_core::Diagnostic;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How patient a download is.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Attempts in all; each goes on where the last one stopped.
    pub attempts: u32,
    /// Longest wait for a connection or for the next bytes.
    pub stall: Duration,
    /// Pause between attempts.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Patience {
            attempts: 5,
            stall: Duration::from_secs(30),
            pause: Duration::from_secs(1),
        }
    }
}

/// What is known about a part file.
#[derive(Default, Serialize, Deserialize)]
struct Tag {
    url: String,
    /// ETag or Last-Modified.
    version: Option<String>,
}

/// A download in the making.
struct Part {
    file: PathBuf,
    note: PathBuf,
    tag: Tag,
}

/// Why an attempt ended.
enum End {
    /// All bytes are there.
    Whole,
    /// Something that may go better next time.
    Broken(String),
    /// Something that will not.
    Refused(Refusal),
}

/// Fetches `url` into `folder` and returns the path of the whole file. `progress` is told
/// the bytes that have arrived and, where the server says so, of how many.
pub fn fetch(
    url: &str,
    folder: &Path,
    patience: Patience,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Outcome<PathBuf> {
    fs::create_dir_all(folder).map_err(|e| cannot_write(folder, &e))?;
    let name = sha256(url.as_bytes());
    let name = name.get(..16).unwrap_or(&name);
    let mut part = Part::open(folder, name, url);
    let mut last = String::new();
    for attempt in 0..patience.attempts.max(1) {
        if attempt > 0 {
            std::thread::sleep(patience.pause);
        }
        match part.attempt(url, patience, progress) {
            End::Whole => {
                let whole = folder.join(format!("{name}-{}", file_name(url)));
                fs::rename(&part.file, &whole).map_err(|e| cannot_write(&whole, &e))?;
                let _ = fs::remove_file(&part.note);
                return Ok(whole);
            }
            End::Broken(why) => last = why,
            End::Refused(refusal) => return Err(refusal),
        }
    }
    Err(Refusal::one(
        Diagnostic::error(
            codes::DOWNLOAD,
            format!(
                "`{url}` could not be fetched in {} attempts: {last}",
                patience.attempts.max(1)
            ),
        )
        .note(format!("{} bytes have arrived and are kept", part.length()))
        .help("run the same command again: it goes on where it stopped"),
    ))
}

/// The last part of the address, made safe.
pub fn file_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let last = path.rsplit('/').next().unwrap_or("");
    let safe: String = last
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || ['.', '-', '_'].contains(c))
        .take(100)
        .collect();
    match safe.trim_start_matches('.') {
        "" => "download".to_owned(),
        name => name.to_owned(),
    }
}

impl Part {
    fn open(folder: &Path, name: &str, url: &str) -> Part {
        let file = folder.join(format!("{name}.part"));
        let note = folder.join(format!("{name}.part.toml"));
        let known: Option<Tag> = fs::read_to_string(&note)
            .ok()
            .and_then(|text| toml::from_str(&text).ok());
        let tag = match known {
            Some(tag) if tag.url == url && tag.version.is_some() => tag,
            // Without a tag of the server's, old bytes may be of another version.
            _ => {
                let _ = fs::remove_file(&file);
                Tag {
                    url: url.to_owned(),
                    version: None,
                }
            }
        };
        Part { file, note, tag }
    }

    fn length(&self) -> u64 {
        fs::metadata(&self.file).map_or(0, |m| m.len())
    }

    fn attempt(
        &mut self,
        url: &str,
        patience: Patience,
        progress: &mut dyn FnMut(u64, Option<u64>),
    ) -> End {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(patience.stall))
            .timeout_recv_response(Some(patience.stall))
            .timeout_per_read(Some(patience.stall))
            .user_agent("raison")
            .accept_encoding("identity")
            .build()
            .into();
        let have = self.length();
        let mut request = agent.get(url);
        if let (true, Some(version)) = (have > 0, &self.tag.version) {
            request = request
                .header("Range", format!("bytes={have}-"))
                .header("If-Range", version.as_str());
        }
        match request.call() {
            Ok(response) => self.receive(response, have, progress),
            Err(ureq::Error::BadUri(why)) => End::Refused(Refusal::error(
                codes::DOWNLOAD,
                format!("`{url}` is not an address: {why}"),
                "give an http or https address, or the path of a file",
            )),
            Err(e) => End::Broken(e.to_string()),
        }
    }

    fn receive(
        &mut self,
        response: ureq::http::Response<ureq::Body>,
        have: u64,
        progress: &mut dyn FnMut(u64, Option<u64>),
    ) -> End {
        let header = |name: &str| {
            response
                .headers()
                .get(name)
                .and_then(|v| v.to_str().ok())
                .map(str::to_owned)
        };
        let length: Option<u64> = header("content-length").and_then(|l| l.parse().ok());
        let start = match response.status().as_u16() {
            200 => 0,
            206 if starts_at(header("content-range"), have) => have,
            206 | 416 => {
                // The server's part does not join ours: begin again.
                let _ = fs::remove_file(&self.file);
                return End::Broken("the server sent another part than asked for".to_owned());
            }
            code @ (408 | 429 | 500..=599) => {
                return End::Broken(format!("the server answered {code}"));
            }
            code => {
                return End::Refused(Refusal::error(
                    codes::DOWNLOAD,
                    format!("the server answered {code} for `{}`", self.tag.url),
                    "check the address in a browser",
                ));
            }
        };
        self.tag.version = header("etag")
            .filter(|e| !e.starts_with("W/"))
            .or_else(|| header("last-modified"));
        let total = length.map(|l| l.saturating_add(start));
        if total.is_some_and(|t| t > MOST_BYTES) {
            return End::Refused(Refusal::error(
                codes::TOO_LARGE,
                format!("`{}` is larger than {} MB", self.tag.url, MOST_BYTES >> 20),
                "fetch and split it yourself",
            ));
        }
        match self.write(response.into_body(), start, total, progress) {
            Ok(end) => end,
            Err(e) => End::Refused(cannot_write(&self.file, &e)),
        }
    }

    fn write(
        &self,
        body: ureq::Body,
        start: u64,
        total: Option<u64>,
        progress: &mut dyn FnMut(u64, Option<u64>),
    ) -> std::io::Result<End> {
        let text = toml::to_string(&self.tag).unwrap_or_default();
        fs::write(&self.note, text)?;
        let mut file = if start == 0 {
            File::create(&self.file)?
        } else {
            OpenOptions::new().append(true).open(&self.file)?
        };
        let mut reader = body.into_reader();
        let mut step = vec![0u8; 1 << 16];
        let mut arrived = start;
        progress(arrived, total);
        loop {
            let got = match reader.read(&mut step) {
                Ok(0) => break,
                Ok(got) => got,
                Err(e) => {
                    file.sync_all()?;
                    return Ok(End::Broken(format!(
                        "the transfer broke off after {arrived} bytes: {e}"
                    )));
                }
            };
            file.write_all(step.get(..got).unwrap_or_default())?;
            arrived += got as u64;
            progress(arrived, total);
            if arrived > MOST_BYTES {
                return Ok(End::Refused(Refusal::error(
                    codes::TOO_LARGE,
                    format!("`{}` is larger than {} MB", self.tag.url, MOST_BYTES >> 20),
                    "fetch and split it yourself",
                )));
            }
        }
        file.sync_all()?;
        Ok(match total {
            Some(total) if arrived < total => {
                End::Broken(format!("{arrived} of {total} bytes arrived"))
            }
            _ => End::Whole,
        })
    }
}

/// Whether `bytes START-…/…` begins where our part ends.
fn starts_at(range: Option<String>, have: u64) -> bool {
    range
        .as_deref()
        .and_then(|r| r.strip_prefix("bytes "))
        .and_then(|r| r.split('-').next())
        .and_then(|s| s.trim().parse::<u64>().ok())
        == Some(have)
}
