//! Giving memory back to the system.
//!
//! Loading a guide takes three times the memory that the guide then needs. The allocator of glibc keeps what was freed
//! for later; a bot that only answers has no use for it until the next reload.

/// Gives back what is free. Other allocators than glibc's do so by themselves, or can't.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "no library offers this call in safe form")]
pub(crate) fn give_back() {
    // SAFETY: the function takes no pointer and may be called from any thread at any time.
    unsafe { libc::malloc_trim(0) };
}

/// Gives back what is free. Other allocators than glibc's do so by themselves, or can't.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn give_back() {}
