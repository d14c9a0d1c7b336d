// A workbook in the layout of IPA's risk sheet, written here so that the journey needs no file from outside: a title row, a heading of
// two lines with merged cells, dates as serial numbers, and the eight sample rows of seed S2-D4-05.
import { zip } from "./zip.mjs";

const PC = "事務所PC";
const PAPER = "書類";

/** business, name, note, users, department, storage, kind of personal data, C, I, A, retention, expected risk value and band. */
export const sample = [
  ["人事", "社員名簿", "社員基本情報", "人事部", "人事部", PC, "個人", 2, 0, 0, "", 4, "大"],
  ["人事", "社員名簿", "社員基本情報", "人事部", "人事部", PAPER, "個人", 2, 2, 2, "", 2, "中"],
  ["人事", "健康診断の結果", "雇入時・定期健康診断", "人事部", "人事部", PAPER, "要配慮", 2, 2, 1, "5年", 2, "中"],
  ["経理", "給与システムデータ", "税務署提出用源泉徴収票", "給与計算担当", "人事部", PC, "特定", 2, 2, 1, "7年", 4, "大"],
  ["経理", "当社宛請求書", "当社宛請求書の原本(過去3年分)", "総務部", "総務部", PAPER, "", 1, 1, 1, "", 1, "中"],
  ["経理", "発行済請求書控", "当社発行の請求書の控え(過去3年分)", "総務部", "総務部", PAPER, "", 1, 1, 1, "", 1, "中"],
  ["共通", "電子メールデータ", "重要度は混在のため最高値で評価", "担当者", "総務部", PC, "個人", 2, 2, 2, "", 4, "大"],
  ["共通", "電子メールデータ", "Gmailに転送", "担当者", "総務部", "社外サーバー", "個人", 2, 2, 2, "", 4, "大"],
];

const top = ["業務分類", "情報資産名称", "備考", "利用者範囲", "管理部署", "媒体・保存先", "個人情報の種類", "", "", "評価値", "", "", "重要度", "保存期限", "登録日"];
const below = ["", "", "", "", "", "", "個人情報", "要配慮個人情報", "特定個人情報", "機密性", "完全性", "可用性", "", "", ""];
const merges = ["A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:F4", "G3:I3", "J3:L3", "M3:M4", "N3:N4", "O3:O4"];
const REGISTERED = 42552; // 2016-07-01 as Excel counts days

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const letter = (column) => String.fromCharCode(65 + column);

function cell(value, column, row, style = 0) {
  if (value === "" || value === undefined) return "";
  const at = `${letter(column)}${row}`;
  if (typeof value === "number") return `<c r="${at}" s="${style}"><v>${value}</v></c>`;
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`;
}

const line = (values, row) => `<row r="${row}">${values.map((value, column) => cell(value, column, row, column === 14 ? 1 : 0)).join("")}</row>`;

function ledgerRow([business, name, note, users, department, storage, kind, c, i, a, retention], index) {
  const row = 5 + index;
  const marks = ["個人", "要配慮", "特定"].map((wanted) => (kind === wanted ? "有" : ""));
  const values = line([business, name, note, users, department, storage, ...marks, c, i, a, "", retention, REGISTERED], row);
  // The importance is a formula in IPA's sheet: the largest of the three.
  const importance = `<c r="M${row}"><f>MAX(J${row}:L${row})</f><v>${Math.max(c, i, a)}</v></c>`;
  return values.replace(/(<c r="N|<c r="O)/, `${importance}$1`);
}

function sheet(rows, merged = []) {
  const joined = merged.length ? `<mergeCells count="${merged.length}">${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>` : "";
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.join("")}</sheetData>${joined}</worksheet>`;
}

/** The file as bytes; `rows` replaces the eight sample rows. */
export function riskSheet(rows = sample) {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packages = "http://schemas.openxmlformats.org/package/2006";
  const ledger = [line(["情報資産管理台帳"], 1), line(top, 3), line(below, 4), ...rows.map(ledgerRow)];
  return zip([
    [
      "[Content_Types].xml",
      `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    ],
    ["_rels/.rels", `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    [
      "xl/workbook.xml",
      `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="利用方法" sheetId="1" r:id="rId1"/><sheet name="情報資産管理台帳" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      "xl/styles.xml",
      `<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="${main}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ],
    ["xl/worksheets/sheet1.xml", sheet([line(["リスク分析シートの使い方"], 1)])],
    ["xl/worksheets/sheet2.xml", sheet(ledger, merges)],
  ]);
}
