"""What a viewer shows of an attachment, of any kind, is what is read of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import xlwt
from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties, TextProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import LineBreak, P, S, Span
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from generator.announcing.attachments.attachment import AttachmentError, Sheet
from generator.announcing.attachments.file_types import sheets_of
from generator.catalogue.messages import Message
from tests.attachments import (
    saved,
    sheet_of,
    strict_xlsx,
    w_cell,
    w_paragraph,
    w_row,
    w_run,
    w_table,
    word,
    xlsx,
    zipped,
)
from tests.libreoffice import converted


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


def read(data: bytes | str, remarks: list[Message] | None = None) -> list[Sheet]:
    return sheets_of(data.encode() if isinstance(data, str) else data, [] if remarks is None else remarks)


def only(data: bytes | str) -> Sheet:
    (sheet,) = read(data)
    return sheet


# --- Word -----------------------------------------------------------------------------------------------------------

STRUCK = '<w:style w:type="character" w:styleId="Old"><w:rPr><w:strike/></w:rPr></w:style>'
RAISED = '<w:vertAlign w:val="superscript"/>'
LOWERED = '<w:vertAlign w:val="subscript"/>'
NOT_HIDDEN = '<w:vanish w:val="0"/>'
NEWER = '<w:rStyle w:val="Newer"/>'
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def complex_field(code: str, result: str) -> str:
    return f"{FIELD.format('begin')}{code}{FIELD.format('separate')}{result}{FIELD.format('end')}"


@pytest.mark.parametrize(
    ("cell", "text", "damage"),
    [
        ("云雾", "云雾", ""),
        (w_paragraph("云") + w_paragraph("雾"), "云\n雾", ""),
        ("<w:p><w:r><w:t>云</w:t><w:br/><w:t>雾</w:t></w:r></w:p>", "云\n雾", ""),
        ("<w:p><w:r><w:t>茶/T 1</w:t><w:noBreakHyphen/><w:t>2020</w:t></w:r></w:p>", "茶/T 1-2020", ""),
        ("<w:p><w:r><w:t>Ka</w:t><w:softHyphen/><w:t>ffee</w:t></w:r></w:p>", "Kaffee", ""),
        ("<w:p><w:r><w:t>云</w:t><w:tab/><w:t>雾</w:t></w:r></w:p>", "云\t雾", ""),
        ("<w:p><w:r><w:t>\n  云  </w:t></w:r></w:p>", "云", ""),
        ('<w:p><w:r><w:sym w:font="Arial" w:char="2103"/></w:r></w:p>', "℃", ""),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>', "\uf0fc", ""),
        (f"<w:p><w:hyperlink>{w_run('云雾')}</w:hyperlink></w:p>", "云雾", ""),
        (f"<w:p><w:smartTag>{w_run('云')}</w:smartTag>{w_run('雾')}</w:p>", "云雾", ""),
        (f"<w:p><w:sdt><w:sdtPr/><w:sdtContent>{w_run('云雾')}</w:sdtContent></w:sdt></w:p>", "云雾", ""),
        (f"<w:sdt><w:sdtContent>{w_cell('云雾')}</w:sdtContent></w:sdt>", "云雾", ""),
        (
            f"<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{w_run('点击输入')}"
            "</w:sdtContent></w:sdt></w:p>",
            "",
            "",
        ),
        (f'<w:p><w:fldSimple w:instr="X">{w_run("云雾")}</w:fldSimple></w:p>', "云雾", ""),
        (f"<w:p>{complex_field('<w:r><w:instrText>LINK</w:instrText></w:r>', w_run('云雾'))}</w:p>", "云雾", ""),
        (f"<w:p>{complex_field(complex_field('', w_run('code')), w_run('云雾'))}</w:p>", "云雾", ""),
        (f"<w:p>{w_run('云雾')}<w:r><w:footnoteReference w:id='1'/></w:r></w:p>", "云雾", ""),
        (f"<w:p>{w_run('云雾')}{w_run('1', RAISED)}</w:p>", "云雾", ""),
        (f"<w:p>{w_run('10 m')}{w_run('2', RAISED)}</w:p>", "10 m²", ""),
        (f"<w:p>{w_run('CO')}{w_run('2', LOWERED)}</w:p>", "CO2", ""),
        (f"<w:p>{w_run('云雾')}{w_run('暗', '<w:vanish/>')}</w:p>", "云雾", ""),
        (f"<w:p>{w_run('云雾')}{w_run('明', NOT_HIDDEN)}</w:p>", "云雾明", ""),
        (w_paragraph("云雾", "<w:strike/>"), "云雾", "struck"),
        (w_paragraph("云雾", "<w:dstrike/>"), "云雾", "struck"),
        (w_paragraph("云雾", '<w:rStyle w:val="Old"/>'), "云雾", "struck"),
        (f"<w:p>{w_run('旧', NEWER)}{w_run('新')}</w:p>", "旧新", "partly struck"),
        (w_paragraph("云雾", '<w:rStyle w:val="Old"/><w:strike w:val="false"/>'), "云雾", ""),
        (w_paragraph("云雾", "", '<w:pPr><w:pStyle w:val="Dark"/></w:pPr>'), "", ""),
        ("<w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>", "x=1", ""),
        (
            f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{w_paragraph('框')}</w:txbxContent></mc:Choice>"
            f"<mc:Fallback>{w_paragraph('框')}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "框",
            "",
        ),
        (w_table(w_row("云"), w_row("雾")) + "<w:p/>", "云\n雾", ""),
    ],
)
def test_a_cell_of_word_is_read_as_it_is_shown(cell, text, damage):
    styles = (
        STRUCK
        + '<w:style w:type="character" w:styleId="Newer"><w:basedOn w:val="Old"/></w:style>'
        + '<w:style w:type="paragraph" w:styleId="Dark"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    for is_strict in (False, True):
        sheet = only(word(w_table(w_row("1", cell)), styles, is_strict=is_strict))
        assert (sheet.rows[0][1].text, sheet.rows[0][1].damage) == (text, damage)


@pytest.mark.parametrize(
    "change",
    [
        f'<w:p><w:ins w:id="1">{w_run("新")}</w:ins></w:p>',
        '<w:p><w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>',
        f'<w:p><w:moveTo w:id="1">{w_run("新")}</w:moveTo></w:p>',
        '<w:tc><w:tcPr><w:cellDel w:id="1"/></w:tcPr><w:p/></w:tc>',
    ],
)
def test_tracked_changes_show_two_states_and_are_refused(change):
    with pytest.raises(AttachmentError, match=r"has tracked changes.*press Review > Accept All Changes or Reject"):
        read(word(w_table(w_row("1", change))))


def test_merged_cells_of_word_are_one_cell_and_skipped_places_are_none():
    across = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + w_paragraph("两列") + "</w:tc>"
    down = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + w_paragraph("两行") + "</w:tc>"
    under = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    later = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    sheet = only(
        word(
            w_table(
                w_row(across, "三"), w_row("1", "2", down), w_row("4", "5", under), w_row("7", "8", properties=later)
            )
        )
    )
    assert texts(sheet) == [["两列", "两列", "三"], ["1", "2", "两行"], ["4", "5", "两行"], ["", "7", "8"]]
    assert sheet.rows[0][0] is sheet.rows[0][1]
    assert sheet.rows[1][2] is sheet.rows[2][2]
    assert sheet.short_rows == {4}


def test_tables_of_word_are_found_wherever_they_stand():
    inner = w_table(w_row("编号", "名称"), w_row("1", "云雾"))
    layout = w_table(w_row(w_paragraph("框中") + inner + "<w:p/>"))
    wrapped = f"<w:sdt><w:sdtContent>{w_table('<w:sdt><w:sdtContent>' + w_row('a', 'b') + '</w:sdtContent></w:sdt>')}"
    boxed = f"<w:p><w:r><w:pict><w:txbxContent>{w_table(w_row('c', 'd'))}</w:txbxContent></w:pict></w:r></w:p>"
    sheets = read(word(layout + wrapped + "</w:sdtContent></w:sdt>" + boxed))
    assert [texts(sheet) for sheet in sheets] == [[["编号", "名称"], ["1", "云雾"]], [["a", "b"]], [["c", "d"]]]
    assert [sheet.name for sheet in sheets] == ["table 1", "table 2", "table 3"]
    assert sheets[0].caption == "框中"


def test_headings_and_paragraphs_of_word_stand_above_the_next_table():
    styles = '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    heading = w_paragraph("废止标准", "", '<w:pPr><w:pStyle w:val="H1"/></w:pPr>')
    table = w_table(w_row("a", "b"))
    sheets = read(
        word(w_paragraph("前言") + table + heading + w_paragraph("一、茶") + table + w_paragraph("二") + table, styles)
    )
    assert [sheet.caption for sheet in sheets] == ["前言", "废止标准\n一、茶", "废止标准\n二"]


def test_numbers_that_word_writes_itself_are_read_where_they_stand_alone():
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="6"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )

    def numbered(name: int, text: str = "") -> str:
        properties = f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{name}"/></w:numPr></w:pPr>'
        return w_paragraph(text, "", properties)

    remarks: list[Message] = []
    rows = [w_row(numbered(5), "云"), w_row(numbered(5), "雾"), w_row(numbered(6), "茶"), w_row("9", numbered(5, "壶"))]
    (sheet,) = read(word(w_table(*rows), "", numbering), remarks)
    assert texts(sheet) == [["1.", "云"], ["2.", "雾"], ["1.", "茶"], ["9", "壶"]]
    assert list(map(str, remarks)) == ["Not read: 1 number that Word itself writes before texts of cells."]


def test_a_hidden_row_of_word_is_a_hidden_row():
    hidden = "<w:trPr><w:hidden/></w:trPr>"
    assert only(word(w_table(w_row("a", "b"), w_row("c", "d", properties=hidden)))).hidden_rows == {2}


# --- web pages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text", "damage"),
    [
        ("云<br>雾", "云\n雾", ""),
        ("<p>云</p><p>雾</p>", "云\n雾", ""),
        ("<div>云</div>雾", "云\n雾", ""),
        ("<ul><li>云<li>雾</ul>", "云\n雾", ""),
        ("Cloud\n   mist", "Cloud mist", ""),
        ("云\n   雾", "云雾", ""),
        ("第1部分：\n 通则", "第1部分：通则", ""),
        ("云  雾", "云 雾", ""),
        ("<b>云 </b> <i> 雾</i>", "云 雾", ""),
        ("<pre>云\n雾</pre>", "云\n雾", ""),
        ("云<wbr>雾&shy;茶", "云雾茶", ""),
        ("云<script>x()</script><style>y{}</style><template>z</template><noscript>n</noscript>", "云", ""),
        ("云<span hidden>暗</span><span style='display: none'>暗</span><i style='VISIBILITY:hidden'>暗</i>", "云", ""),
        ("云<span class=dark>暗</span><span class='dark light'>明</span>", "云明", ""),
        ("云<span aria-hidden=true>明</span>", "云明", ""),
        ("云<!-- 暗 --><![if !supportLists]>明<![endif]>", "云明", ""),
        ("<del>云雾</del>", "云雾", "struck"),
        ("<span style='text-decoration:line-through'>云雾</span>", "云雾", "struck"),
        ("<s>旧</s>新", "旧新", "partly struck"),
        ("<span class=old>旧</span>新", "旧新", "partly struck"),
        ("云雾<sup>[1]</sup>", "云雾", ""),
        ("10 m<sup>2</sup>", "10 m²", ""),
        ("CO<sub>2</sub>", "CO2", ""),
        ("<ruby>云<rp>(</rp><rt>yún</rt><rp>)</rp></ruby>", "云", ""),
        ("<input value=云><input type=hidden value=x><select><option>甲<option selected>乙</select>", "云乙", ""),
        ("<table><tr><td>云<td>雾</table>", "云\n雾", ""),
        ("&lt;b&gt;&amp;nbsp;", "<b>&nbsp;", ""),
    ],
)
def test_a_cell_of_a_web_page_is_read_as_it_is_shown(cell, text, damage):
    style = (
        "<style><!-- .dark{display:none} .dark.light{display:inline} .old{text-decoration:line-through} "
        "@media print{td{display:none}} @media (max-width:9px){td{display:none}} td:hover{display:none} "
        "a:b(c{} --></style>"
    )
    sheet = only(f"<html><head>{style}</head><body><table><tr><td>1<td>{cell}</table>")
    assert (sheet.rows[0][1].text, sheet.rows[0][1].damage) == (text, damage)


def test_merged_cells_of_a_web_page_are_one_cell_and_a_row_with_a_cell_less_is_short():
    sheet = only(
        "<table><tr><th colspan=3>题<tr><td>a<td>b<td>c<tr><td>1<td rowspan=2>下<td>2<tr><td>3<td>4<tr><td>5<td>6"
        "<tbody><tr><td>7<td rowspan=9>8<td>9</table>"
    )
    assert texts(sheet) == [
        ["题", "题", "题"],
        ["a", "b", "c"],
        ["1", "下", "2"],
        ["3", "下", "4"],
        ["5", "6", ""],
        ["7", "8", "9"],
    ]
    assert sheet.rows[2][1] is sheet.rows[3][1]
    assert sheet.short_rows == {5}


def test_a_list_within_tables_for_layout_is_one_table_with_what_stands_above_it():
    sheets = read(
        "<h2>废止标准</h2><table><tr><td><table><tr><td>题<table><tr><th>编号<th>名称<tr><td>1<td>云</table></table></table>"
        "<h3>食品</h3><p>表2</p><table><caption>题二</caption><tr><td>a<td>b</table>"
    )
    assert [texts(sheet) for sheet in sheets] == [[["编号", "名称"], ["1", "云"]], [["a", "b"]]]
    assert [sheet.caption for sheet in sheets] == ["废止标准\n题", "废止标准\n食品\n表2\n题二"]


def test_rows_that_a_page_hides_are_not_read_but_told():
    remarks: list[Message] = []
    (sheet,) = read("<table><tr><td>a<td>b<tr style='display:none'><td>暗<td>行</table>", remarks)
    assert texts(sheet) == [["a", "b"]]
    assert list(map(str, remarks)) == ["Not read: 1 row that the page hides, such as ‘暗 行’."]


PAGE = "<html><head><meta charset={}></head><table><tr><td>标准名称<td>示例要求“茶”</table>"


@pytest.mark.parametrize(
    ("declared", "encoding", "remark"),
    [
        ("gb2312", "gb18030", []),
        ("gb2312", "utf-8", ["It says that its text is gb2312, but it is UTF-8; read as such."]),
        ("utf-8", "gb18030", ["It says that its text is utf-8, but it is GB18030; read as such."]),
        ("big5", "utf-8-sig", []),
        ("gb2312", "utf-16", []),
        ("utf-8", "utf-8", []),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_has(declared, encoding, remark):
    remarks: list[Message] = []
    (sheet,) = read(PAGE.format(declared).encode(encoding), remarks)
    assert texts(sheet) == [["标准名称", "示例要求“茶”"]]
    assert list(map(str, remarks)) == remark


def test_one_damaged_letter_is_no_other_encoding():
    page = PAGE.format("utf-8").replace("<table>", f"<p>{'茶壶的倒法。' * 90}</p><table>").encode()
    (sheet,) = read(page.replace("要".encode(), "要".encode()[:2]))
    assert texts(sheet) == [["标准名称", "示例\ufffd求“茶”"]]


# --- spreadsheets ---------------------------------------------------------------------------------------------------

LINE = InlineFont(strike=True)


def workbook(value: object, form: str = "") -> bytes:
    book = Workbook()
    cell = sheet_of(book)["A1"]
    cell.value = value
    if form:
        cell.number_format = form
    return saved(book)


@pytest.mark.parametrize(
    ("value", "form", "text", "damage"),
    [
        ("云\r\n雾", "", "云\n雾", ""),
        ("云_x000D_\n雾", "", "云\n雾", ""),
        (CellRichText("云", TextBlock(InlineFont(b=True), "雾")), "", "云雾", ""),
        (CellRichText("新", TextBlock(LINE, "旧")), "", "新旧", "partly struck"),
        (CellRichText(TextBlock(LINE, "云"), TextBlock(LINE, "雾")), "", "云雾", "struck"),
        (CellRichText("云雾", TextBlock(InlineFont(vertAlign="superscript"), "1")), "", "云雾", ""),
        (7, "000", "007", "number"),
        (7, '"茶/T "000"-2020"', "茶/T 007-2020", ""),
        (12020, "0-0000", "1-2020", "number"),
        (12, "0.00", "12", "number"),
        (2.5, "", "2.5", "number"),
        ("7", '"茶/T "@', "茶/T 7", ""),
        (date(2025, 12, 1), "yyyy/m/d", "2025-12-01", "date"),
        (date(2025, 12, 1), 'yyyy"年"m"月"d"日"', "2025-12-01", "date"),
        (date(2025, 12, 1), 'yyyy"年"m"月"', "2025年12月", "date"),
        (date(2025, 12, 1), 'm"月"d"日"', "12月1日", "date"),
        (True, "", "TRUE", ""),
        ("=1+1", "", "=1+1", "formula"),
        ("#REF!", "", "#REF!", "error"),
    ],
)
def test_a_cell_of_excel_is_read_as_it_is_shown(value, form, text, damage):
    data = workbook(value, form)
    for one in (data, strict_xlsx(data)):
        cell = only(one).rows[0][0]
        assert (cell.text, cell.damage) == (text, damage)


def test_a_chinese_excel_has_formats_of_days_that_no_file_defines():
    book = Workbook()
    sheet_of(book)["A1"] = 46000
    sheet_of(book)["A2"] = 46000
    styles = [("A1", 31), ("A2", 57)]
    for place, number in styles:
        sheet_of(book)[place].number_format = f"0.0000{number}"
    with_numbers = zipfile_with(saved(book), "xl/styles.xml", lambda xml: renumbered(xml, styles))
    assert texts(only(with_numbers)) == [["2025-12-09"], ["2025年12月"]]


def renumbered(xml: str, styles: list[tuple[str, int]]) -> str:
    for place, (_, number) in enumerate(styles):
        xml = xml.replace(f'numFmtId="{164 + place}"', f'numFmtId="{number}"')
    return xml.replace("<numFmts", "<old").replace("</numFmts>", "</old>")


def zipfile_with(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | {part: change(parts[part].decode()).encode()})


def test_days_counted_from_1904_are_the_same_days():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet_of(book)["A1"] = date(2025, 12, 1)
    assert texts(only(saved(book))) == [["2025-12-01"]]


def test_a_format_far_away_is_no_content():
    book = Workbook()
    sheet = sheet_of(book)
    sheet.append(["a", "b"])
    sheet.cell(1, 300).fill = PatternFill("solid", fgColor="FF0000")
    sheet.cell(90_000, 2).font = Font(bold=True)
    assert texts(only(saved(book))) == [["a", "b"]]


def test_hidden_rows_and_columns_of_spreadsheets_are_told():
    book = Workbook()
    sheet = sheet_of(book)
    for _ in range(3):
        sheet.append(["a", "b", "c", "d"])
    sheet.column_dimensions.group("B", "C", hidden=True)
    sheet.row_dimensions[2].hidden = True
    flat = zipfile_with(
        saved(book), "xl/worksheets/sheet1.xml", lambda xml: xml.replace('<row r="3"', '<row r="3" ht="0"')
    )
    shown = only(flat)
    assert (shown.hidden_columns, shown.hidden_rows) == ({1, 2}, {2, 3})
    old = xlwt.Workbook()
    page = old.add_sheet("x")
    page.write(0, 0, "a")
    page.write(0, 1, "b")
    page.col(1).hidden = True
    out = io.BytesIO()
    old.save(out)
    assert only(out.getvalue()).hidden_columns == {1}


def test_a_hidden_column_of_a_list_is_a_problem(world):
    from tests.test_importing import planned, problems_in

    book = Workbook()
    data = xlsx([[1, "TEA 12", "茶/T 12—2021", "云雾茶壶", "空杯行会"]], title="", book=book)
    sheet_of(book).column_dimensions["C"].hidden = True
    assert planned(data, batch="2021-09").problems == []
    assert problems_in(planned(saved(book), batch="2021-09", name="autumn")) == [
        "autumn: 附件, hidden: C; show what is hidden, or delete it, and save"
    ]


def test_old_workbooks_are_read_as_they_are_shown():
    book = xlwt.Workbook()
    sheet = book.add_sheet("x")
    line = xlwt.easyfont("struck_out true")
    sheet.write(0, 0, "云雾", xlwt.easyxf("font: struck_out true"))
    sheet.write_rich_text(0, 1, ["新", ("旧", line)])
    sheet.write(0, 2, 7, xlwt.easyxf(num_format_str='"茶/T "000'))
    sheet.write(0, 3, date(2025, 12, 1), xlwt.easyxf(num_format_str='yyyy"年"m"月"'))
    sheet.write(0, 4, 9, xlwt.easyxf("font: struck_out true"))
    sheet.write(0, 200, "", xlwt.easyxf("font: bold true"))
    out = io.BytesIO()
    book.save(out)
    assert [(cell.text, cell.damage) for cell in only(out.getvalue()).rows[0]] == [
        ("云雾", "struck"),
        ("新旧", "partly struck"),
        ("茶/T 007", ""),
        ("2025年12月", "date"),
        ("9", "struck"),
    ]


def open_sheet(*cells: Element, columns: tuple[Element, ...] = (), repeated: int = 1) -> bytes:
    document = OpenDocumentSpreadsheet()
    looks = {"Struck": ("style", "solid"), "Double": ("type", "double"), "Plain": ("style", "none")}
    for name, (kind, line) in looks.items():
        style = Style(name=name, family="table-cell", parentstylename="Struck" if name == "Plain" else "")
        style.addElement(TextProperties(**{f"textlinethrough{kind}": line}))
        document.automaticstyles.addElement(style)
    hidden = Style(name="Away", family="table")
    hidden.addElement(TableProperties(display="false"))
    document.automaticstyles.addElement(hidden)
    table = Table(name="x")
    for column in columns:
        table.addElement(column)
    row = TableRow(numberrowsrepeated=repeated)
    for cell in cells:
        row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)  # pyright: ignore[reportAttributeAccessIssue]
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def open_cell(*pieces: str | Element, **options: object) -> Element:
    cell = TableCell(**{"valuetype": "string"} | options)
    paragraph = P()
    for piece in pieces:
        if isinstance(piece, str):
            paragraph.addText(piece)
        else:
            paragraph.addElement(piece)
    cell.addElement(paragraph)
    return cell


@pytest.mark.parametrize(
    ("cell", "text", "damage"),
    [
        (open_cell("云", LineBreak(), "雾"), "云\n雾", ""),
        (open_cell("云", S(c=2), "雾\n茶"), "云  雾 茶", ""),
        (open_cell("新", Span(stylename="Struck", text="旧")), "新旧", "partly struck"),
        (open_cell("新", Span(stylename="Double", text="旧")), "新旧", "partly struck"),
        (open_cell("云雾", stylename="Struck"), "云雾", "struck"),
        (open_cell("云雾", stylename="Plain"), "云雾", ""),
        (open_cell("2025年12月", valuetype="date", datevalue="2025-12-01"), "2025年12月", "date"),
        (open_cell("01.12.25", valuetype="date", datevalue="2025-12-01"), "2025-12-01", "date"),
        (open_cell("茶/T 007", valuetype="float", value=7), "茶/T 007", ""),
        (open_cell("7", valuetype="float", value=7), "7", "number"),
    ],
)
def test_a_cell_of_an_open_document_is_read_as_it_is_shown(cell, text, damage):
    read_cell = only(open_sheet(cell)).rows[0][0]
    assert (read_cell.text, read_cell.damage) == (text, damage)


def test_columns_of_an_open_document_give_their_cells_a_look():
    columns = (TableColumn(), TableColumn(defaultcellstylename="Struck"), TableColumn(visibility="collapse"))
    sheet = only(open_sheet(open_cell("a"), open_cell("b"), open_cell("c"), columns=columns))
    assert [cell.damage for cell in sheet.rows[0]] == ["", "struck", ""]
    assert sheet.hidden_columns == {2}


def test_a_repeated_cell_of_an_open_document_is_no_merged_one():
    sheet = only(open_sheet(open_cell("a", numbercolumnsrepeated=2), repeated=2))
    assert texts(sheet) == [["a", "a"], ["a", "a"]]
    assert len({id(cell) for row in sheet.rows for cell in row}) == 4


@pytest.mark.parametrize(
    ("text", "cells", "short"),
    [
        ("编号,名称,单位\n1,云,甲\n2,雾\n", [["编号", "名称", "单位"], ["1", "云", "甲"], ["2", "雾", ""]], {3}),
        ("编号,名称,单位\n1,云,\n2,雾,\n", [["编号", "名称", "单位"], ["1", "云", ""], ["2", "雾", ""]], set()),
        ("题\n编号,名称\n1,云\n", [["题", ""], ["编号", "名称"], ["1", "云"]], set()),
        ("编号\t名称\n1\tA, B, C, D\n", [["编号", "名称"], ["1", "A, B, C, D"]], set()),
        ('编号;名称\n1;"云\r\n雾"\n', [["编号", "名称"], ["1", "云\n雾"]], set()),
    ],
)
def test_a_text_of_cells_is_read_by_its_separator_and_its_short_rows_are_told(text, cells, short):
    sheet = only(text)
    assert texts(sheet) == cells
    assert sheet.short_rows == short


# --- LibreOffice as the writer ---------------------------------------------------------------------------------------


def rich_workbook() -> bytes:
    """A list with what spreadsheets can do to texts, but nothing hidden."""
    book = Workbook()
    xlsx(book=book)
    sheet = sheet_of(book)
    for row in (("F2", "实施日期", ""), ("F3", date(2025, 12, 1), 'yyyy"年"m"月"d"日"'), ("G2", "备注", "")):
        sheet[row[0]] = row[1]
        sheet[row[0]].number_format = row[2] or "General"
    sheet["F4"] = date(2025, 12, 1)
    sheet["F4"].number_format = 'yyyy"年"m"月"'
    sheet["G3"] = "云\n雾"
    sheet["G4"] = "旧"
    sheet["G4"].font = Font(strike=True)
    sheet["G5"] = 7
    sheet["G5"].number_format = '"茶/T "000'
    return saved(book)


def test_libreoffice_saves_what_is_read_the_same_in_every_kind(tmp_path):
    original = rich_workbook()
    files = {kind: converted(original, "list.xlsx", kind, tmp_path) for kind in ("ods", "xls", "html")}
    files["docx"] = converted(files["html"], "page.html", "docx", tmp_path)
    wanted = only(original)
    for kind, data in files.items():
        sheet = only(data)
        rows = [[text.replace("2025年12月1日", "2025-12-01") for text in row] for row in texts(sheet)]
        assert rows == texts(wanted), kind
        assert sheet.rows[3][6].damage == "struck", kind
        assert sheet.rows[2][4] is sheet.rows[3][4], kind
        assert sheet.rows[2][4] is not sheet.rows[4][4], kind


# --- what cannot be read --------------------------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "is a picture.*ask for the spreadsheet"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "is a picture.*ask for the spreadsheet"),
        (b"II*\0\x08\0\0\0", "is a picture.*ask for the spreadsheet"),
        (b"BM\x36\0\0\0\0\0\0\0", "is a picture.*ask for the spreadsheet"),
        (b"\0\0\0\x18ftypheic\0", "is a picture.*ask for the spreadsheet"),
        (b"{\\rtf1 x}", r"is a rich-text file \(.rtf\).*save it as .docx"),
        (b"Rar!\x1a\x07\0", r"is an archive of files \(.rar\); unpack it"),
        (b"7z\xbc\xaf\x27\x1c\0", r"is an archive of files \(.7z\); unpack it"),
        (b"\x1f\x8b\x08\0", "is an archive of files .*; unpack it"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\n", "is a web archive.*HTML only"),
        (b"From: <Saved by Blink>\nContent-Type: multipart/related\n", "is a web archive.*HTML only"),
        (b"Received: from a\n by b\nSubject: x\n\n", r"is a mail \(.eml\).*save what is attached"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "save it as .xlsx"),
        (
            b"<?xml version='1.0'?><w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'/>",
            "Word",
        ),
        (b"<?xml version='1.0'?><rss/>", "is an XML file, made for programs; ask for the spreadsheet"),
        (b'[{"a": 1}]', "is a JSON file, made for programs; ask for the spreadsheet"),
        (b"[InternetShortcut]\r\nURL=x", "is a link to a file"),
        (OLE + "WordDocument".encode("utf-16-le"), r"\(.doc, .wps\).*save it as .docx"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), r"slides \(.ppt\)"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), r"mail of Outlook \(.msg\)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password.*take the password off"),
        (zipped({"OFD.xml": b"<a/>", "Doc_0/Document.xml": b"<a/>"}), "is an OFD file.*save it as PDF"),
        (zipped({"Index/Document.iwa": b"x"}), "Apple’s Numbers or Pages.*Export To"),
        (zipped({"xl/workbook.bin": b"x"}), r"binary spreadsheet \(.xlsb\).*save it as .xlsx"),
        (zipped({"ppt/presentation.xml": b"<a/>"}), r"slides \(.pptx\)"),
        (zipped({"a/b.xlsx": b"x", "a/c.pdf": b"y"}), "zip file that holds a/b.xlsx, a/c.pdf; unpack it"),
        (word("<w:p/>"), "Word document that holds no table.*Convert Text to Table"),
        (
            b"<html><frameset><frame src='a_files/sheet001.htm'></frameset></html>",
            "in the folder beside it, a_files/sheet001",
        ),
        (b"<html><iframe src='list.html'></iframe></html>", "holds no table.*that may be in list.html"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(data, sentence):
    with pytest.raises(AttachmentError, match=sentence):
        read(data)


# --- length ---------------------------------------------------------------------------------------------------------


def ten_thousand_rows(kind: str) -> bytes:
    rows = [[n, f"TEA {n}", f"茶/T {n}-2021", f"云雾茶叶第{n}部分", "空杯行会"] for n in range(1, 10_001)]
    if kind == "xlsx":
        return xlsx(rows)
    if kind == "csv":
        return "\n".join(
            ["序号,识别号,标准编号,标准名称,发布单位", *(",".join(map(str, row)) for row in rows)]
        ).encode()
    if kind == "html":
        return ("<table>" + "".join("<tr><td>" + "<td>".join(map(str, row)) for row in rows)).encode()
    return word(w_table(*(w_row(*map(str, row)) for row in rows)))


@pytest.mark.parametrize("kind", ["xlsx", "csv", "html", "docx"])
def test_ten_thousand_rows_are_read(kind):
    data = ten_thousand_rows(kind)
    (sheet,) = read(data)
    assert len(sheet.rows) >= 10_000
