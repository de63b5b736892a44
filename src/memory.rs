//! How much memory is held for later, and when it is given back.
//!
//! Loading a guide takes three times the memory that the guide then needs. The allocator of glibc keeps what was freed
//! for later; a bot that only answers has no use for it until the next reload. A command that ends soon has: every page that is
//! given back and taken again costs time, and together they are a sixth of what loading takes. Of the pages of the program itself,
//! a bot that answers needs two thirds of those that a start touches.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "no library offers these calls in safe form")]
mod glibc {
    use std::{ptr, slice};

    #[cfg(target_pointer_width = "32")]
    use libc::Elf32_Phdr as Segment;
    #[cfg(target_pointer_width = "64")]
    use libc::Elf64_Phdr as Segment;

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
        // SAFETY: the callback asks for no data, and keeps nothing of what it is given.
        unsafe { libc::dl_iterate_phdr(Some(unmap_constant_pages), ptr::null_mut()) };
    }

    /// Unmaps those pages of the program, or of a library, that are never written: code and constants, much of which a start alone
    /// needs. Whatever is used again is mapped again, from the file, which the system has in memory as long as there is room.
    unsafe extern "C" fn unmap_constant_pages(
        object: *mut libc::dl_phdr_info,
        _size: libc::size_t,
        _data: *mut libc::c_void,
    ) -> libc::c_int {
        // SAFETY: the loader hands over an object that is valid, with its headers, as long as this call lasts.
        let (base, segments) = unsafe {
            let object = &*object;
            (object.dlpi_addr, slice::from_raw_parts(object.dlpi_phdr, usize::from(object.dlpi_phnum)))
        };
        // SAFETY: the function takes no pointer.
        let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) } as usize;
        let constant = |segment: &&Segment| segment.p_type == libc::PT_LOAD && segment.p_flags & libc::PF_W == 0;
        for segment in segments.iter().filter(constant) {
            let start = base as usize + segment.p_vaddr as usize;
            let end = start + segment.p_memsz as usize;
            let first = start - start % page;
            // SAFETY: the segment can't be written, so its pages are those of the file, and come back as they were. Where the
            // system refuses, they stay.
            unsafe { libc::madvise(first as *mut libc::c_void, end - first, libc::MADV_DONTNEED) };
        }
        0
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

/// Gives back what is free, and what can be read from the program's file again. Other allocators than glibc's do the former by
/// themselves, or can't.
pub(crate) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    glibc::give_back();
}
