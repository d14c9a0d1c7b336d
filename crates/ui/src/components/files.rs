//! Files attached to a record.

use mamori_kernel::lang::Lang;

use crate::{
    html::{Html, component, el},
    icon::Icon,
};

/// One file.
#[derive(Clone, Debug)]
pub struct FileItem {
    /// Its name.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Where it can be had.
    pub href: String,
    /// Who added it, and when, as shown.
    pub added: String,
    /// Buttons.
    pub actions: Html,
}

/// Files in a list.
#[derive(Clone, Debug)]
pub struct FileList {
    lang: Lang,
    files: Vec<FileItem>,
}

impl FileList {
    /// A list.
    pub fn new(lang: Lang, files: Vec<FileItem>) -> Self {
        Self { lang, files }
    }

    fn render(&self) -> Html {
        if self.files.is_empty() {
            let none = match self.lang {
                Lang::Ja => "添付ファイルはありません。",
                Lang::En => "No files attached.",
            };
            return el("p").class("muted").text(none).html();
        }
        let items = self.files.iter().map(|file| {
            el("li")
                .add(Icon::Document)
                .add(el("a").attr("href", &file.href).text(&file.name))
                .add(el("span").class("muted num").text(size(file.bytes)))
                .add(el("span").class("muted").text(&file.added))
                .add(el("span").class("file-actions").add(file.actions.clone()))
        });
        el("ul").class("files").each(items).html()
    }
}

/// Bytes for people: 1,024-steps, one decimal below ten.
pub(crate) fn size(bytes: u64) -> String {
    let (unit, divisor) = match bytes {
        0..1_024 => return format!("{bytes} B"),
        1_024..1_048_576 => ("KB", 1_024),
        1_048_576..1_073_741_824 => ("MB", 1_048_576),
        _ => ("GB", 1_073_741_824),
    };
    let tenths = bytes.saturating_mul(10) / divisor;
    if tenths < 100 { format!("{}.{} {unit}", tenths / 10, tenths % 10) } else { format!("{} {unit}", tenths / 10) }
}

component!(FileList);

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_read_well() {
        assert_eq!(super::size(0), "0 B");
        assert_eq!(super::size(1_536), "1.5 KB");
        assert_eq!(super::size(20 * 1_048_576), "20 MB");
        assert_eq!(super::size(u64::MAX), "1717986918 GB");
    }
}
