//! Downloads against a real HTTP server on loopback that cuts off, stalls, lies about the
//! length and serves a wrong file.
#![cfg(feature = "download")]

use raison_record::add::{Options, add_as};
use raison_record::download::{Patience, fetch, file_name};
use raison_record::{Store, codes};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the server was asked, one line per request: the Range header or nothing.
type Log = Arc<Mutex<Vec<String>>>;

/// Serves requests with `answer(n, range, stream)` until the test ends.
fn serve(answer: impl Fn(usize, Option<u64>, &mut TcpStream) + Send + 'static) -> (String, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("port");
    let url = format!(
        "http://{}/cow_majors.csv",
        listener.local_addr().expect("address")
    );
    let log: Log = Arc::default();
    let seen = log.clone();
    let count = AtomicUsize::new(0);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut range = None;
            let mut lines = BufReader::new(stream.try_clone().expect("stream")).lines();
            while let Some(Ok(line)) = lines.next() {
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("range: bytes=") {
                    range = value.trim_end_matches('-').parse().ok();
                }
                if line.is_empty() {
                    break;
                }
            }
            seen.lock()
                .expect("log")
                .push(range.map_or(String::new(), |r: u64| r.to_string()));
            answer(count.fetch_add(1, Ordering::SeqCst), range, &mut stream);
        }
    });
    (url, log)
}

fn head(stream: &mut TcpStream, status: &str, length: usize, more: &str) {
    let text = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nETag: \"v1\"\r\n{more}Connection: close\r\n\r\n"
    );
    let _ = stream.write_all(text.as_bytes());
}

fn content() -> Vec<u8> {
    (0..200_000u32)
        .flat_map(|i| format!("{i}\n").into_bytes())
        .collect()
}

/// Serves the content from the byte asked for.
fn honest(stream: &mut TcpStream, range: Option<u64>, all: &[u8], send: usize) {
    let from = range.unwrap_or(0) as usize;
    let rest = &all[from..];
    match range {
        None => head(stream, "200 OK", rest.len(), ""),
        Some(_) => {
            let more = format!(
                "Content-Range: bytes {from}-{}/{}\r\n",
                all.len() - 1,
                all.len()
            );
            head(stream, "206 Partial Content", rest.len(), &more);
        }
    }
    let _ = stream.write_all(&rest[..send.min(rest.len())]);
}

fn patience() -> Patience {
    Patience {
        attempts: 4,
        stall: Duration::from_millis(400),
        pause: Duration::from_millis(10),
    }
}

#[test]
fn a_cut_off_download_goes_on_where_it_stopped() {
    let all = content();
    let served = all.clone();
    let (url, log) = serve(move |n, range, stream| {
        let send = if n < 2 { 300_000 } else { usize::MAX };
        honest(stream, range, &served, send);
    });
    let folder = tempfile::tempdir().expect("folder");
    let mut last = (0, None);
    let path = fetch(&url, folder.path(), patience(), &mut |a, t| last = (a, t)).expect("file");
    assert_eq!(std::fs::read(path).expect("content"), all);
    assert_eq!(last, (all.len() as u64, Some(all.len() as u64)));
    let asked = log.lock().expect("log").clone();
    assert_eq!(asked[0], "", "the first request asks for all");
    assert!(
        asked[1..].iter().all(|r| !r.is_empty()),
        "later ones go on: {asked:?}"
    );
    assert!(asked.len() >= 3);
}

#[test]
fn a_second_run_goes_on_where_the_first_stopped() {
    let all = content();
    let served = all.clone();
    let (url, log) = serve(move |n, range, stream| {
        honest(
            stream,
            range,
            &served,
            if n == 0 { 100_000 } else { usize::MAX },
        );
    });
    let folder = tempfile::tempdir().expect("folder");
    let once = Patience {
        attempts: 1,
        ..patience()
    };
    let failed = fetch(&url, folder.path(), once, &mut |_, _| {}).expect_err("cut off");
    assert_eq!(failed.problems()[0].code, codes::DOWNLOAD);
    let path = fetch(&url, folder.path(), once, &mut |_, _| {}).expect("file");
    assert_eq!(std::fs::read(path).expect("content"), all);
    assert_eq!(log.lock().expect("log").len(), 2);
}

#[test]
fn a_stalling_server_is_left_and_tried_again() {
    let all = content();
    let served = all.clone();
    let (url, _) = serve(move |n, range, stream| {
        if n == 0 {
            honest(stream, range, &served, 1000);
            std::thread::sleep(Duration::from_millis(1500));
        } else {
            honest(stream, range, &served, usize::MAX);
        }
    });
    let folder = tempfile::tempdir().expect("folder");
    let path = fetch(&url, folder.path(), patience(), &mut |_, _| {}).expect("file");
    assert_eq!(std::fs::read(path).expect("content"), all);
}

#[test]
fn a_changed_file_is_fetched_anew() {
    let (url, _) = serve(move |n, _, stream| {
        // If-Range does not hold any more: the server sends the whole new file.
        if n == 0 {
            head(stream, "200 OK", 1000, "");
            let _ = stream.write_all(&[b'a'; 500]);
        } else {
            head(stream, "200 OK", 600, "");
            let _ = stream.write_all(&[b'b'; 600]);
        }
    });
    let folder = tempfile::tempdir().expect("folder");
    let path = fetch(&url, folder.path(), patience(), &mut |_, _| {}).expect("file");
    assert_eq!(std::fs::read(path).expect("content"), vec![b'b'; 600]);
}

#[test]
fn a_server_that_promises_more_than_it_sends_is_not_believed() {
    let (url, log) = serve(|_, _, stream| {
        head(stream, "200 OK", 5000, "");
        let _ = stream.write_all(&[b'x'; 100]);
    });
    let folder = tempfile::tempdir().expect("folder");
    let failed = fetch(&url, folder.path(), patience(), &mut |_, _| {}).expect_err("short");
    assert_eq!(failed.problems()[0].code, codes::DOWNLOAD);
    assert_eq!(log.lock().expect("log").len(), 4, "all attempts were made");
    let whole = std::fs::read_dir(folder.path()).expect("folder").flatten();
    assert!(
        whole
            .into_iter()
            .all(|e| e.file_name().to_string_lossy().contains(".part"))
    );
}

#[test]
fn a_length_too_short_leaves_a_file_that_the_digest_refuses() {
    let text =
        "ccode,styear,stmonth,stday,endyear,endmonth,endday,version\n2,1898,8,13,2016,12,31,2016\n";
    let (url, _) = serve(move |_, _, stream| {
        // Sixty bytes less than there are: the last row is lost without a trace.
        head(stream, "200 OK", 59, "");
        let _ = stream.write_all(text.as_bytes());
    });
    let folder = tempfile::tempdir().expect("folder");
    let path = fetch(&url, folder.path(), patience(), &mut |_, _| {}).expect("file");
    let mut store = Store::open(&folder.path().join("store")).expect("store");
    let refused =
        add_as(&mut store, &path, &file_name(&url), Options::default()).expect_err("unknown");
    assert_eq!(refused.problems()[0].code, codes::UNVERIFIED);
    assert_eq!(store.tables().count(), 0);
}

#[test]
fn a_wrong_file_is_refused_and_the_store_untouched() {
    let page = "<!doctype html><html><body>Sorry, this page has moved.</body></html>\n";
    let (url, _) = serve(move |_, _, stream| {
        head(stream, "200 OK", page.len(), "");
        let _ = stream.write_all(page.as_bytes());
    });
    let folder = tempfile::tempdir().expect("folder");
    let path = fetch(&url, folder.path(), patience(), &mut |_, _| {}).expect("file");
    let mut store = Store::open(&folder.path().join("store")).expect("store");
    for unverified in [false, true] {
        let refused = add_as(&mut store, &path, &file_name(&url), Options { unverified });
        assert!(refused.is_err());
        assert_eq!(store.tables().count(), 0);
    }
}

#[test]
fn errors_of_the_server_are_told() {
    let (url, log) = serve(|n, _, stream| {
        head(
            stream,
            if n == 0 {
                "503 Service Unavailable"
            } else {
                "404 Not Found"
            },
            0,
            "",
        );
    });
    let folder = tempfile::tempdir().expect("folder");
    let failed = fetch(&url, folder.path(), patience(), &mut |_, _| {}).expect_err("404");
    assert!(failed.to_string().contains("404"), "{failed}");
    assert_eq!(
        log.lock().expect("log").len(),
        2,
        "503 is tried again, 404 is not"
    );
    let nobody = fetch(
        "http://127.0.0.1:9/x.csv",
        folder.path(),
        patience(),
        &mut |_, _| {},
    );
    assert!(nobody.is_err());
}

#[test]
fn names_from_addresses_are_safe() {
    assert_eq!(file_name("https://a.org/d/NMC-70.csv?x=1#y"), "NMC-70.csv");
    assert_eq!(file_name("https://a.org/../../.bashrc"), "bashrc");
    assert_eq!(file_name("https://a.org/"), "download");
}
