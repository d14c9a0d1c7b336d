//! Styles and numbering: named as Word names them, so that a person who edits the file finds 見出し 1 where she looks for it.

use mamori_kernel::lang::Lang;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// Faces that Windows and macOS carry; elsewhere the reader's program takes its own.
fn fonts(lang: Lang, serif: bool) -> String {
    let (japanese, western) = if serif {
        ("游明朝", lang.pick("Yu Mincho", "Cambria"))
    } else {
        ("游ゴシック", lang.pick("Yu Gothic", "Calibri"))
    };
    format!("<w:rFonts w:ascii=\"{western}\" w:hAnsi=\"{western}\" w:eastAsia=\"{japanese}\" w:cs=\"{western}\"/>")
}

struct Style {
    id: &'static str,
    name: &'static str,
    based_on: &'static str,
    next: &'static str,
    paragraph: String,
    run: String,
}

fn written(style: &Style) -> String {
    let (default, based_on) = if style.based_on.is_empty() {
        (" w:default=\"1\"", String::new())
    } else {
        ("", format!("<w:basedOn w:val=\"{}\"/>", style.based_on))
    };
    let next = if style.next.is_empty() { String::new() } else { format!("<w:next w:val=\"{}\"/>", style.next) };
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{}\"{default}><w:name w:val=\"{}\"/>{based_on}{next}<w:qFormat/>\
         <w:pPr>{}</w:pPr><w:rPr>{}</w:rPr></w:style>",
        style.id, style.name, style.paragraph, style.run
    )
}

fn size(half_points: u16) -> String {
    format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>")
}

/// `word/styles.xml`. With `numbered`, headings 1 to 4 count by themselves.
pub(super) fn styles(lang: Lang, numbered: bool) -> String {
    let gothic = fonts(lang, false);
    let heading = |id, name, level: u8, half_points, before: u16| {
        let number = if numbered {
            format!("<w:numPr><w:ilvl w:val=\"{}\"/><w:numId w:val=\"1\"/></w:numPr>", level - 1)
        } else {
            String::new()
        };
        Style {
            id,
            name,
            based_on: "Normal",
            next: "Normal",
            paragraph: format!(
                "<w:keepNext/><w:keepLines/>{number}<w:spacing w:before=\"{before}\" w:after=\"100\"/><w:outlineLvl w:val=\"{}\"/>",
                level - 1
            ),
            run: format!("{gothic}<w:b/><w:bCs/>{}", size(half_points)),
        }
    };
    let small = |id, name, paragraph: &str, half_points| Style {
        id,
        name,
        based_on: "Normal",
        next: "",
        paragraph: paragraph.to_owned(),
        run: format!("{gothic}{}", size(half_points)),
    };
    let all = [
        Style {
            id: "Normal",
            name: "Normal",
            based_on: "",
            next: "",
            paragraph: "<w:spacing w:after=\"100\" w:line=\"312\" w:lineRule=\"auto\"/>".to_owned(),
            run: String::new(),
        },
        heading("Heading1", "heading 1", 1, 32, 360),
        heading("Heading2", "heading 2", 2, 26, 280),
        heading("Heading3", "heading 3", 3, 23, 220),
        heading("Heading4", "heading 4", 4, 21, 180),
        Style {
            id: "Title",
            name: "Title",
            based_on: "Normal",
            next: "Subtitle",
            paragraph: "<w:spacing w:before=\"120\" w:after=\"160\" w:line=\"288\" w:lineRule=\"auto\"/>".to_owned(),
            run: format!("{gothic}<w:b/><w:bCs/>{}", size(52)),
        },
        small("Subtitle", "Subtitle", "<w:spacing w:after=\"240\"/>", 26),
        small("Caption", "caption", "<w:keepNext/><w:spacing w:before=\"160\" w:after=\"60\"/>", 19),
        small("FigureCaption", "Figure Caption", "<w:spacing w:before=\"60\" w:after=\"200\"/><w:jc w:val=\"center\"/>", 19),
        small("TableText", "Table Text", "<w:spacing w:before=\"30\" w:after=\"30\" w:line=\"252\" w:lineRule=\"auto\"/>", 18),
        small(
            "TableSmall",
            "Table Text Small",
            "<w:spacing w:before=\"10\" w:after=\"10\" w:line=\"220\" w:lineRule=\"auto\"/>",
            15,
        ),
        small(
            "Header",
            "header",
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"4\" w:color=\"CCCCCC\"/></w:pBdr>",
            16,
        ),
        small("Footer", "footer", "<w:spacing w:after=\"0\"/>", 16),
        small(
            "TOC1",
            "toc 1",
            "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9638\"/></w:tabs><w:spacing w:after=\"40\"/>",
            21,
        ),
        small(
            "TOC2",
            "toc 2",
            "<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"9638\"/></w:tabs><w:spacing w:after=\"40\"/><w:ind w:left=\"420\"/>",
            20,
        ),
        small("ContentsTitle", "Contents Title", "<w:keepNext/><w:spacing w:before=\"200\" w:after=\"120\"/>", 28),
    ];
    let language = lang.pick("ja-JP", "en-GB");
    let defaults = format!(
        "<w:docDefaults><w:rPrDefault><w:rPr>{}{}<w:lang w:val=\"{}\" w:eastAsia=\"ja-JP\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults>",
        fonts(lang, true),
        size(21),
        if language == "ja-JP" { "en-US" } else { language },
    );
    let table = "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"85\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>";
    let styles: String = all.iter().map(written).collect();
    format!("{HEAD}<w:styles {W}>{defaults}{styles}{table}</w:styles>")
}

/// `word/numbering.xml`: 1 counts headings, 2 makes dots, every further number is a list of its own that begins with 1.
pub(super) fn numbering(lists: usize) -> String {
    let level = |index: u8, format: &str, text: &str, link: &str, indent: &str| {
        format!(
            "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{link}<w:lvlText w:val=\"{text}\"/>\
             <w:lvlJc w:val=\"left\"/><w:pPr>{indent}</w:pPr></w:lvl>"
        )
    };
    let mut headings = String::new();
    for (index, text) in (0_u8..).zip(["%1", "%1.%2", "%1.%2.%3", "%1.%2.%3.%4"]) {
        let link = format!("<w:pStyle w:val=\"Heading{}\"/><w:suff w:val=\"space\"/>", index + 1);
        headings.push_str(&level(index, "decimal", text, &link, "<w:ind w:left=\"0\" w:firstLine=\"0\"/>"));
    }
    let hanging = "<w:ind w:left=\"420\" w:hanging=\"420\"/>";
    let abstracts = format!(
        "<w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"multilevel\"/>{headings}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"2\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{}</w:abstractNum>",
        level(0, "bullet", "・", "", hanging),
        level(0, "decimal", "%1.", "", hanging),
    );
    let mut numbers = String::from(
        "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>",
    );
    for list in 0..lists {
        numbers.push_str(&format!(
            "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
            list + 3
        ));
    }
    format!("{HEAD}<w:numbering {W}>{abstracts}{numbers}</w:numbering>")
}

/// `word/fontTable.xml`: the Japanese and the Western name of the two faces.
pub(super) fn font_table() -> String {
    let font = |name: &str, other: &str, family: &str| {
        format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"80\"/><w:family w:val=\"{family}\"/>\
             <w:pitch w:val=\"variable\"/></w:font>"
        )
    };
    format!("{HEAD}<w:fonts {W}>{}{}</w:fonts>", font("游明朝", "Yu Mincho", "roman"), font("游ゴシック", "Yu Gothic", "swiss"))
}
