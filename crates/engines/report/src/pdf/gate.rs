//! At most two documents are typeset at a time, and the typesetter's memory is given back after each.
//!
//! A 1,000-row register takes about 180 MB while it is made; without a limit a busy month end would exhaust a small server.

use std::sync::{Condvar, Mutex, PoisonError};

/// How many documents may be in work.
const PLACES: usize = 2;

static BUSY: Mutex<usize> = Mutex::new(0);
static FREED: Condvar = Condvar::new();

/// A place at the typesetter; leaving it (also by an error or a panic) empties the typesetter's cache and lets the next one in.
#[derive(Debug)]
pub(super) struct Turn(());

impl Turn {
    /// Waits for a place. Blocks the thread: call it where blocking is allowed.
    pub(super) fn take() -> Turn {
        let mut busy = BUSY.lock().unwrap_or_else(PoisonError::into_inner);
        while *busy >= PLACES {
            busy = FREED.wait(busy).unwrap_or_else(PoisonError::into_inner);
        }
        *busy += 1;
        Turn(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Through the typesetter's own re-export: another version of comemo would empty another, unused cache.
        typst::comemo::evict(0);
        let mut busy = BUSY.lock().unwrap_or_else(PoisonError::into_inner);
        *busy = busy.saturating_sub(1);
        FREED.notify_one();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn never_more_than_two_at_a_time() {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    let _turn = Turn::take();
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(std::time::Duration::from_millis(5));
                    now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= PLACES);
    }
}
