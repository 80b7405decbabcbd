//! Papers that are handed in as files.

use domain::attachment::NotAPaper;

messages! {
    empty = "文件是空的，请重新选择", "The file is empty; choose it again";
    other_kind = "只收 PDF 文件，请另存为 PDF 再交", "Only PDF is taken; save it as a PDF and send that";
    cut = "PDF 文件不完整，请重新导出或重新下载再交", "The PDF is not complete; export or download it again and send that";
}

/// What is wrong with a file, and what to do.
pub const fn not_a_paper(lang: Lang, why: NotAPaper) -> &'static str {
    match why {
        NotAPaper::Empty => empty(lang),
        NotAPaper::OtherKind => other_kind(lang),
        NotAPaper::Cut => cut(lang),
    }
}
