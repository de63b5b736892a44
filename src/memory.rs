//! How much memory is held for later.
//!
//! Loading a guide takes three times the memory that the guide then needs. The allocator of glibc keeps what was freed
//! for later; a bot that only answers has no use for it until the next reload. A command that ends soon has: every page that is
//! given back and taken again costs time, and together they are a sixth of what loading takes.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "no library offers these calls in safe form")]
mod glibc {
    /// So large a block, in bytes, has pages of its own, which return to the system when it is freed. It is what glibc
    /// begins with; left to itself it goes up to the largest block freed so far, and small blocks that stay then hold on
    /// to the pages of large ones that went.
    const OWN_PAGES: libc::c_int = 128 * 1024;

    /// Up to this size, in bytes, a block can be kept from having pages of its own: glibc takes no more.
    const MOST: libc::c_int = 32 * 1024 * 1024;

    pub(crate) fn hold_much() {
        // SAFETY: the function takes no pointer, and no other thread runs yet.
        unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, MOST) };
    }

    pub(crate) fn hold_little() {
        // SAFETY: the function takes no pointer, and no other thread runs yet.
        unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, OWN_PAGES) };
    }

    pub(crate) fn give_back() {
        // SAFETY: the function takes no pointer and may be called from any thread at any time.
        unsafe { libc::malloc_trim(0) };
    }
}

/// Lets the allocator keep more for later; for a process that ends soon, and before it starts another thread. Other allocators than
/// glibc's are left as they are.
pub(crate) fn hold_much() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    glibc::hold_much();
}

/// Lets the allocator keep less for later, at the cost of some time; for a process that stays, and before it starts another
/// thread. Other allocators than glibc's are left as they are.
pub(crate) fn hold_little() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    glibc::hold_little();
}

/// Gives back what is free. Other allocators than glibc's do so by themselves, or can't.
pub(crate) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    glibc::give_back();
}
