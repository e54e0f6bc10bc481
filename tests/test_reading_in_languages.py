"""What is said of an attachment, in the reader's own language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from openpyxl import Workbook

from generator.announcing.attachments.attachment import AttachmentError, read_attachment
from generator.announcing.attachments.table import read_table
from generator.catalogue.messages import MESSAGES, Message, message_data, message_of, speaking
from generator.catalogue.records import read_yaml
from tests import attachments
from tests.attachments import w_paragraph, w_row, w_table, word

QUOTED = re.compile("“[^”]*”|「[^」]*」")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2}")
"""Three Latin words in a row, which no Chinese sentence has outside quotation marks."""


def doubtful() -> bytes:
    """A list with one of everything that is asked, or not read."""
    rows = [
        [1, "TEA 1", "茶/T 1—2020", "白毫", "幻想茶研究院"],
        [3, "TEA 2", "茶/T 2—2020", "绿茶", "2020-01-01"],
        ["二、杯"],
        [4, "茶/T 3-2020", "漏杯", "空杯行会", ""],
        ["合计", "", "3项"],
        ["审核：甲某"],
    ]
    return attachments.xlsx(rows, title="", book=Workbook())


def faulty() -> bytes:
    """A list with cells that cannot be read."""
    return (
        "序号,标准编号,标准名称,发布日期,状态,备注\n"
        "1,茶/T 1-2020、茶/T 2-2020,同上,2020-02-30,好,\n"
        "2,茶/T 3-2020,=A1,01/11/2020,现行,\n"
        "3,茶/T 3-2020,绿茶,择日,现行,\n"
    ).encode()


def said(name: str, data: bytes) -> Iterator[Message]:
    """All that is said of an attachment."""
    try:
        read = read_table(read_attachment(name, data))
    except AttachmentError as error:
        yield error.clause
        return
    yield from read.remarks
    yield from read.problems
    for question in read.questions:
        yield question.sentence
        yield from (answer.meaning for answer in question.answers)
    for row in read.rows:
        yield row.called
        for reading in row.readings.values():
            yield from filter(None, (reading.note, reading.question, reading.problem))


FILES = {
    "doubtful.xlsx": doubtful,
    "faulty.csv": faulty,
    "damaged.xlsx": attachments.damaged,
    "autumn.xlsx": attachments.xlsx,
    "autumn.html": lambda: attachments.html("gb2312"),
    "gb.csv": lambda: attachments.text("gb18030"),
    "nothing.csv": lambda: "标准名称,天气\n白毫,晴\n".encode(),
    "numbers.csv": lambda: b"1,T/TEA 1-2020\n2,T/TEA 2-2020\n",
    "cut.xlsx": lambda: attachments.xlsx()[:-30],
    "broken.xlsx": lambda: attachments.with_part(attachments.xlsx(), "xl/workbook.xml", lambda _: b"<"),
    "letter.docx": lambda: word(w_paragraph("没有表格")),
    "struck.docx": lambda: word(w_table(w_row("序号", "标准编号"), w_row("1", w_paragraph("茶", "<w:strike/>")))),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_nothing_is_said_of_a_file_in_english_to_who_reads_chinese(name, language):
    sentences = list(said(name, FILES[name]()))
    assert sentences
    for sentence in sentences:
        worded = QUOTED.sub("", sentence.in_language(language))
        assert not ENGLISH.search(worded), worded
        assert message_of(message_data(sentence)).in_language(language) == sentence.in_language(language)


def test_no_wording_in_chinese_has_an_english_clause():
    for row in read_yaml(MESSAGES / "reading.yml", []) or []:
        for language in ("zh-Hans", "zh-Hant"):
            assert not ENGLISH.search(QUOTED.sub("", row[language])), row.address


def test_a_careful_officer_is_told_in_simplified_chinese_what_was_understood_and_what_is_wrong():
    with speaking("zh-Hans"):
        assert list(map(str, said("doubtful.xlsx", doubtful())))[:8] == [
            "工作表“附件”各栏：A 栏（序号）→ 用来核对；B 栏（“湾区标准”识别号）→ 识别号；C 栏（标准编号）→ 标准编号；"
            "D 栏（标准名称）→ 标准名称；E 栏（发布单位）→ 发布单位",
            "标准编号有2处改了写法：“茶/T 1—2020”→ 茶/T 1-2020；“茶/T 2—2020”→ 茶/T 2-2020",
            "读到的序号：1、3–4。",
            "没有读：工作表“附件”第4行（“二、杯”，标题）、工作表“附件”第6行（“合计 3项”，合计）、"
            "工作表“附件”第7行（“审核：甲某”，签署）。",
            "第3行“绿茶”：发布单位“2020-01-01”不像单位名称。各格都在自己的标题下面吗？",
            "是",
            "这一行没有公布标准",
            "第5行“空杯行会”：编号“漏杯”里没有数字；识别号“茶/T 3-2020”看来是标准自己的编号。"
            "各格都在自己的标题下面吗？",
        ]
        problems = [str(problem) for problem in read_table(read_attachment("faulty.csv", faulty())).problems]
    assert problems == [
        "第2行第2栏：标准编号“茶/T 1-2020、茶/T 2-2020”不止一个；一行只写一项标准",
        "第2行第3栏：写的是“同上”；请写出具体内容",
        "第2行第4栏：发布日期“2020-02-30”不是日期；请写成 2023-04-24 的样子",
        "第2行第5栏：不认识状态“好”；认得的是“现行”“即将实施”“被代替”“废止”（current、upcoming、superseded、withdrawn）",
        "第3行第3栏：是公式（=A1）；请复制这一栏，选择性粘贴为数值",
        "第4行的标准编号“茶/T 3-2020”与第3行相同；请改正，如果是同一项标准，请删除这一行",
    ]


def test_a_careful_officer_is_told_the_same_in_traditional_chinese():
    with speaking("zh-Hant"):
        sentences = list(map(str, said("doubtful.xlsx", doubtful())))
        problems = [
            str(problem) for problem in read_table(read_attachment("damaged.xlsx", attachments.damaged())).problems
        ]
        (refused,) = map(str, said("letter.docx", FILES["letter.docx"]()))
    assert "讀到的序號：1、3–4。" in sentences
    assert "第3行「绿茶」：欠序號2。前面欠缺一行嗎？" in sentences
    assert "第3行「绿茶」：發布機構「2020-01-01」不像機構名稱。各格都在自己的標題下面嗎？" in sentences
    assert problems[0] == (
        "工作表「附件」B2：識別號成了日期「2021-01-08」，是 Excel 把 1-8 這類編號變成的；"
        "請把此欄設為文字，再重新輸入編號"
    )
    assert '工作表「附件」C5：是公式（="茶/T "&23）；請複製此欄，選擇性貼上為值' in problems
    assert refused == (
        "是 Word 文件，內裏沒有表格；請在 Word 選取清單的各行，按「插入」>「表格」>「文字轉換為表格」，再儲存"
    )


def test_what_another_process_read_is_told_in_the_language_of_who_asks():
    read = read_attachment("gb.csv", attachments.text("gb18030"))
    assert [remark.in_language("zh-Hans") for remark in read.remarks] == ["文字编码是 GB18030，已按此读取。"]
    assert [remark.in_language("en") for remark in read.remarks] == ["Its text is GB18030; read as such."]
