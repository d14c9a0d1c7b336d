//! The container of old Office files (Compound File Binary, [MS-CFB]): just enough to list streams and read one.

const SIGNATURE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// Streams below this size lie in the "mini stream" ([MS-CFB] 2.2).
const MINI_CUTOFF: u64 = 4_096;
const MINI_SECTOR: usize = 64;

/// One directory entry.
pub(super) struct Entry {
    pub name: String,
    start: u32,
    size: u64,
}

/// An opened container.
pub(super) struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    mini_table: Vec<u32>,
    mini: Vec<u8>,
    pub entries: Vec<Entry>,
}

pub(super) fn is_container(bytes: &[u8]) -> bool {
    bytes.starts_with(&SIGNATURE)
}

impl<'a> Container<'a> {
    /// Opens a container; `None` where its structure is broken.
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        if !is_container(bytes) {
            return None;
        }
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4_096,
            _ => return None,
        };
        let mut this = Self { bytes, sector, table: Vec::new(), mini_table: Vec::new(), mini: Vec::new(), entries: Vec::new() };
        this.read_table()?;
        this.mini_table = words(&this.chain(u32_at(bytes, 60)?)?);
        let directory = this.chain(u32_at(bytes, 48)?)?;
        let mut root = (END_OF_CHAIN, 0);
        for raw in directory.chunks_exact(128) {
            let entry = directory_entry(raw)?;
            match raw.get(66)? {
                5 => root = (entry.start, entry.size),
                2 => this.entries.push(entry),
                _ => {}
            }
        }
        this.mini = this.chain(root.0)?;
        this.mini.truncate(usize::try_from(root.1).ok()?);
        Some(this)
    }

    /// The sector table, found by the 109 numbers in the header and the chain of sectors that continues them.
    fn read_table(&mut self) -> Option<()> {
        let mut places: Vec<u32> = words(self.bytes.get(76..512)?);
        let mut next = u32_at(self.bytes, 68)?;
        let mut guard = self.sectors();
        while next < 0xFFFF_FFFA && guard > 0 {
            let mut more = words(self.sector_at(next)?);
            next = more.pop()?;
            places.extend(more);
            guard -= 1;
        }
        for place in places.into_iter().filter(|p| *p < 0xFFFF_FFFA) {
            if self.table.len() > self.bytes.len() / 4 + 2_048 {
                return None;
            }
            let more = words(self.sector_at(place)?);
            self.table.extend(more);
        }
        Some(())
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector + 1
    }

    /// A sector; the last one of a file may be cut short.
    fn sector_at(&self, number: u32) -> Option<&'a [u8]> {
        let from = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(from..from.checked_add(self.sector)?.min(self.bytes.len()))
    }

    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut next = start;
        let mut guard = self.sectors();
        while next < 0xFFFF_FFFA {
            guard = guard.checked_sub(1)?;
            out.extend_from_slice(self.sector_at(next)?);
            next = *self.table.get(usize::try_from(next).ok()?)?;
        }
        Some(out)
    }

    fn mini_chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut next = start;
        let mut guard = self.mini.len() / MINI_SECTOR + 1;
        while next < 0xFFFF_FFFA {
            guard = guard.checked_sub(1)?;
            let at = usize::try_from(next).ok()?;
            let from = at.checked_mul(MINI_SECTOR)?;
            out.extend_from_slice(self.mini.get(from..from.checked_add(MINI_SECTOR)?.min(self.mini.len()))?);
            next = *self.mini_table.get(at)?;
        }
        Some(out)
    }

    /// The content of a stream; the name is compared without regard to case, as Windows does.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut content = if entry.size < MINI_CUTOFF { self.mini_chain(entry.start)? } else { self.chain(entry.start)? };
        content.truncate(usize::try_from(entry.size).ok()?);
        Some(content)
    }

    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }
}

fn directory_entry(raw: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(raw, 64)?).saturating_sub(2).min(62);
    let units: Vec<u16> = raw.get(..length)?.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)).collect();
    // Only 32 bits of the size are reliable in containers with 512-byte sectors.
    Some(Entry { name: String::from_utf16_lossy(&units), start: u32_at(raw, 116)?, size: u64::from(u32_at(raw, 120)?) })
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|word| u32_at(word, 0)).collect()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
