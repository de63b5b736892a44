//! Two pieces of work at the same time, as loading a guide has them.

use std::panic::resume_unwind;
use std::thread;

/// Does `aside` in a thread of its own while this one does `here`; gives what each has worked out. A panic in either is one
/// of the caller.
pub(crate) fn join<A: Send, B>(aside: impl FnOnce() -> A + Send, here: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let aside = scope.spawn(aside);
        let here = here();
        (aside.join().unwrap_or_else(|panic| resume_unwind(panic)), here)
    })
}
