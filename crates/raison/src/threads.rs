//! How many threads a computation may use.

/// Runs `work` on a pool of so many threads; `None` means one for each core.
///
/// # Errors
/// One sentence where the pool cannot be made.
pub fn with_threads<R: Send>(
    threads: Option<usize>,
    work: impl FnOnce() -> R + Send,
) -> Result<R, String> {
    let Some(threads) = threads else {
        return Ok(work());
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map(|pool| pool.install(work))
        .map_err(|e| format!("{threads} threads cannot be started: {e}"))
}
