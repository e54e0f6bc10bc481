"""From an attachment to records: seen first, asked where it is in doubt, written all or nothing."""

from __future__ import annotations

import csv
import difflib
import io
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font

from generator.announcing.attachments import normalise as spelling
from generator.announcing.attachments.attachment import Attachment, AttachmentError, read_attachment
from generator.announcing.attachments.spreadsheets import csv as read_csv
from generator.announcing.attachments.table import AnnouncedRow, read_table
from generator.announcing.editing import edited_csv, with_entry, with_value
from generator.announcing.entries import batch_entry
from generator.announcing.matching import Matcher
from generator.announcing.plan import Answers, Plan, plan, write_plan
from generator.announcing.preview import preview, receipt
from generator.catalogue import numbers
from generator.catalogue.changes import changes
from generator.catalogue.content import read_content
from generator.catalogue.facts import facts_of
from generator.catalogue.languages import STANDINGS
from generator.catalogue.messages import speaking
from generator.catalogue.records import read_records
from generator.files import transaction
from generator.publishing.exports.list_files import standards_csv
from tests import attachments
from tests.conftest import JANUARY, REPOSITORY, make_project, published_list
from tests.test_check import run

TODAY = date(2021, 11, 1)
WITH_STATUS = ["识别号", "标准编号", "标准名称", "发布单位", "状态", "备注"]


def planned(data: bytes, *, batch: str = "", accept: tuple = (), new: tuple = (), name: str = "autumn.xlsx") -> Plan:
    """What importing `data` would do to the working folder's records."""
    return plan(Path("content"), name, data, Answers(batch, frozenset(accept), frozenset(new)), TODAY)


def lines_of(made: Plan) -> list[str]:
    return [str(change.line) for change in made.changes]


def asked_in(made: Plan) -> list[str]:
    return [str(question.wording) for question in made.questions]


def problems_in(made: Plan) -> list[str]:
    return [str(problem) for problem in made.problems]


def remarks_in(made: Plan) -> list[str]:
    return [str(remark) for remark in made.remarks]


def left_by(made: Plan) -> list[str]:
    return [str(problem.sentence) for problem in made.left]


def imported(data: bytes, **options) -> Plan:
    """The same, written."""
    made = planned(data, **options)
    assert (made.problems, made.questions) == ([], [])
    write_plan(Path("content"), made)
    return made


def records_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.*")) if path.is_file()
    }


AUTUMN = [
    "~ tea-9: designation: 茶/T 9-2021",
    "~ tea-9: issuing body: institute-of-imaginary-tea",
    "~ tea-9: sources: +annex-2021-09#3",
    "+ tea-10: TEA 10 · 茶/T 10-2021 · 茶壶的倒法",
    "+ tea-11: TEA 11 · 茶/T 11-2021 · 云雾茶叶",
]

PREVIEW = f"""\
autumn.xlsx → 2021-09
3 rows: 2 new, 1 changing what is recorded, 0 as recorded; 1 new entry.
~ tea-9: designation: 茶/T 9-2021
~ tea-9: issuing body: institute-of-imaginary-tea
+ tea-10: TEA 10 · 茶/T 10-2021 · 茶壶的倒法
    Traditional title: 茶壺的倒法 (proposed)
    issuing body: institute-of-imaginary-tea
+ tea-11: TEA 11 · 茶/T 11-2021 · 云雾茶叶
    Traditional title: 雲霧茶葉 (proposed)
    issuing body: guild-of-empty-cups
+ sources.yml: annex-2021-09 (proposed)

How it was understood:
  附件, columns: A ‘序号’ → counted; B ‘“湾区标准”识别号’ → list identifier; C ‘标准编号’ → designation; \
D ‘标准名称’ → title; E ‘发布单位’ → issuing body
  2 of list identifier respelled: ‘ＴＥＡ 9’ → TEA 9; ‘TEA10’ → TEA 10
  3 of designation respelled: ‘茶/T 9—2021’ → 茶/T 9-2021; ‘茶/T 10—2021’ → 茶/T 10-2021; \
‘茶/T 11—2021’ → 茶/T 11-2021
  序号 read: 1–3.
  Not read: 附件, row 7 (‘注：以上标准自愿采用。’, an explanation).
  By dates alone in 2021-09, but not in the file: hen-chang ({"很长" * 60}). Where the file is the whole list, \
move their rows to batch-unknown.csv and empty batch_derived_from and batch_reason
What it leaves to be completed:
  content/records/batches.yml:39: 2021-09 announced 3, but 4 standards are recorded for it

Nothing was written. If this is right: make import FILE=autumn.xlsx ARGS=--write
"""


def test_the_preview_tells_what_was_understood_what_would_change_and_what_to_do_next(world):
    before = records_below(world / "content")
    (world / "autumn.xlsx").write_bytes(attachments.xlsx())
    done = run("import", "autumn.xlsx", folder=world)
    assert (done.stdout, done.returncode) == (PREVIEW, 0)
    assert records_below(world / "content") == before


PREVIEWS = {
    "zh-Hans": f"""\
autumn.xlsx → 2021-09
共3行：新增2项，更改已有记录1项，与记录相同0项；新条目1个。
~ tea-9：标准编号：茶/T 9-2021
~ tea-9：发布单位：institute-of-imaginary-tea
+ tea-10：TEA 10 · 茶/T 10-2021 · 茶壶的倒法
    繁体名称：茶壺的倒法（拟定）
    发布单位：institute-of-imaginary-tea
+ tea-11：TEA 11 · 茶/T 11-2021 · 云雾茶叶
    繁体名称：雲霧茶葉（拟定）
    发布单位：guild-of-empty-cups
+ sources.yml：annex-2021-09（拟定）

附件是这样理解的：
  工作表“附件”各栏：A 栏（序号）→ 用来核对；B 栏（“湾区标准”识别号）→ 识别号；C 栏（标准编号）→ 标准编号；\
D 栏（标准名称）→ 标准名称；E 栏（发布单位）→ 发布单位
  识别号有2处改了写法：“ＴＥＡ 9”→ TEA 9；“TEA10”→ TEA 10
  标准编号有3处改了写法：“茶/T 9—2021”→ 茶/T 9-2021；“茶/T 10—2021”→ 茶/T 10-2021；“茶/T 11—2021”→ 茶/T 11-2021
  读到的序号：1–3。
  没有读：工作表“附件”第7行（“注：以上标准自愿采用。”，注释）。
  只凭日期归入2021-09而文件里没有的：hen-chang（{"很长" * 60}）。如果文件就是完整的清单，\
请把这些行移到 batch-unknown.csv，并清空推断批次所据的来源（batch_derived_from）和推断批次的理由（batch_reason）
写入以后还要补充的：
  content/records/batches.yml:39: “2021-09”公布了3项标准，这里却收录了4项

还没有写入。如果没有错，请运行：make import FILE=autumn.xlsx ARGS=--write
""",
    "zh-Hant": f"""\
autumn.xlsx → 2021-09
共3行：新增2項，更改已有記錄1項，與記錄相同0項；新條目1個。
~ tea-9：標準編號：茶/T 9-2021
~ tea-9：發布機構：institute-of-imaginary-tea
+ tea-10：TEA 10 · 茶/T 10-2021 · 茶壶的倒法
    繁體名稱：茶壺的倒法（擬定）
    發布機構：institute-of-imaginary-tea
+ tea-11：TEA 11 · 茶/T 11-2021 · 云雾茶叶
    繁體名稱：雲霧茶葉（擬定）
    發布機構：guild-of-empty-cups
+ sources.yml：annex-2021-09（擬定）

附件是這樣理解的：
  工作表「附件」各欄：A 欄（序号）→ 用作核對；B 欄（“湾区标准”识别号）→ 識別號；C 欄（标准编号）→ 標準編號；\
D 欄（标准名称）→ 標準名稱；E 欄（发布单位）→ 發布機構
  識別號有2處改了寫法：「ＴＥＡ 9」→ TEA 9；「TEA10」→ TEA 10
  標準編號有3處改了寫法：「茶/T 9—2021」→ 茶/T 9-2021；「茶/T 10—2021」→ 茶/T 10-2021；「茶/T 11—2021」→ 茶/T 11-2021
  讀到的序號：1–3。
  沒有讀：工作表「附件」第7行（「注：以上标准自愿采用。」，註釋）。
  只憑日期歸入2021-09而檔案裏沒有的：hen-chang（{"很长" * 60}）。如果檔案就是完整的清單，\
請把這些行移到 batch-unknown.csv，並清空推斷批次所據的來源（batch_derived_from）和推斷批次的理由（batch_reason）
寫入以後還要補充的：
  content/records/batches.yml:39: 「2021-09」公布了3項標準，這裏卻收錄了4項

還沒有寫入。如果沒有錯，請執行：make import FILE=autumn.xlsx ARGS=--write
""",
}


@pytest.mark.parametrize("language", PREVIEWS)
def test_the_whole_preview_is_worded_in_each_script(world, language):
    (world / "autumn.xlsx").write_bytes(attachments.xlsx())
    done = run("--language", language, "import", "autumn.xlsx", folder=world)
    assert (done.stdout, done.returncode) == (PREVIEWS[language], 0)


DOUBTFUL = """\
序号,识别号,标准编号,标准名称,发布单位,状态,备注,复审结论
1,TEA 1,茶/T 1-2019,白毫,,,,
3,,茶/T 3-2020,陈年乌龙（第三版）,幻想茶研究院、空杯行会,,某备注,
4,,,苦茶的喝法,幻想茶研究院,,代替茶/T 88-2000,
5,TEA 70,茶/T 70-2029,漏杯,新会,,,废止
6,,茶/T 04-2020,别的,新会,,2027年6月1日起废止,
7,TEA 9,,数字开头,新会,,,
8,TEA 2,茶/T 99-2020,叶的分级,新会,,,
""".encode()


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_a_preview_in_chinese_holds_no_english_sentence(world, language):
    all_rows = tuple(str(number) for number in range(2, 9))
    with speaking(language):
        plans = [
            planned(DOUBTFUL, batch="2021-09"),
            planned(DOUBTFUL.replace("、空杯行会".encode(), b""), batch="2021-09", accept=all_rows),
            planned(DOUBTFUL, batch="2021-09", new=all_rows, accept=("2", "31")),
            planned(DOUBTFUL, batch="nothing"),
            planned(DOUBTFUL),
            planned("识别号,标准名称,备注\nTEA 1,白毫,已废止\n".encode(), batch="2022-05"),
            planned("识别号,标准名称,批次\nTEA 70,某茶,不知道\n".encode()),
            planned(b"", batch="2021-09"),
        ]
        lines = [line for made in plans for line in (*preview(made, "list.csv"), *receipt(made))]
    unquoted = re.sub(r"“[^“”]*”|「[^「」]*」|make import .*", "", "\n".join(lines))
    # Who reviewed a title is called so in the records.
    assert set(re.findall(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}|[‘’]", unquoted)) == {"Nobody of the Kettle"}
    assert not any(f"{column}:zh" in unquoted for column in ("title", "standing", "also_called"))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("xlsx", attachments.xlsx),
        ("xls", attachments.xls),
        ("ods", attachments.ods),
        ("UTF-8", lambda: attachments.text("utf-8")),
        ("UTF-8 as Excel writes it", lambda: attachments.text("utf-8-sig")),
        ("GB18030", lambda: attachments.text("gb18030")),
        ("UTF-16 with tabs", lambda: attachments.text("utf-16", "\t")),
        ("semicolons", lambda: attachments.text("utf-8", ";")),
        ("docx", attachments.docx),
        ("html", attachments.html),
        ("html in GB2312", lambda: attachments.html("gb2312")),
    ],
)
def test_every_kind_of_file_announces_the_same(world, kind, data):
    made = planned(data(), name="autumn")
    assert (made.problems, made.questions) == ([], [])
    assert [line for line in lines_of(made) if "sources" not in line] == [one for one in AUTUMN if "sources" not in one]
    assert made.batch == "2021-09"
    if kind == "GB18030":
        assert "Its text is GB18030; read as such." in remarks_in(made)


def test_a_pdf_announces_the_same_over_two_pages(world, browser):
    made = planned(attachments.pdf(browser))
    assert made.problems == []
    assert [line for line in lines_of(made) if "sources" not in line] == [one for one in AUTUMN if "sources" not in one]


def test_a_traditional_annex_in_big5_gives_official_traditional_titles(world):
    rows = "識別號,標準編號,標準名稱,發布單位\nTEA 12,茶/T 12-2021,烏龍茶葉分級,幻想茶研究院\n"
    made = planned(rows.encode("big5hkscs"), batch="2021-09")
    assert "Its text is Big5; read as such." in remarks_in(made)
    facts = made.facts["tea-12"]
    assert (facts["title:zh-Hant"], facts["standing:zh-Hant"]) == ("烏龍茶葉分級", "official")
    assert (facts["title:zh-Hans"], facts["standing:zh-Hans"]) == ("乌龙茶叶分级", "converted")
    assert facts["publisher"] == "institute-of-imaginary-tea"


def test_an_english_annex_opens_a_new_announcement(world):
    rows = [["TEA 42", "茶/T 42-2022", "Kettles that sing", "The Institute of Imaginary Tea", "1 May 2022"]]
    head = ["List identifier", "Standard No.", "Title of standard", "Issuing body", "Implementation date"]
    made = imported(attachments.xlsx(rows, head, ""), batch="2022-05-18")
    assert made.batch == "2022-05"
    assert made.facts["tea-42"]["implemented_on"] == "2022-05-01"
    batch = read_records(Path("content")).tables["batches"][-1]
    assert [batch[column] for column in ("announced_on", "standards", "standards_total")] == ["2022-05-18", "1", "10"]
    assert left_by(made) == [
        "tea-42 has no title:zh-Hans",
        "tea-42 has no standing:zh-Hans; say how sure the text is: " + ", ".join(STANDINGS),
    ]


@pytest.mark.parametrize("asked", ["2021-09", "2020-03"])
def test_an_attachment_that_states_the_batch_of_a_standard_ends_its_derivation(world, asked):
    title = published_list(read_content(Path())).facts["hen-chang"]["title:zh-Hans"]
    imported(attachments.xlsx([["", "", title]], ["识别号", "标准编号", "标准名称"], ""), batch=asked, accept=("2",))
    content = read_content(Path())
    assert [str(problem) for problem in content.problems] == []
    (standard,) = (one for one in content.catalogue().standards if one.address == "hen-chang")
    assert standard.batch
    assert (standard.batch.address, standard.derivation) == (asked, None)


def test_where_dates_led_to_the_announcement_that_an_attachment_states_nothing_is_asked(world):
    title = published_list(read_content(Path())).facts["hen-chang"]["title:zh-Hans"]
    data = attachments.xlsx([["TEA 77", "", title]], ["识别号", "标准编号", "标准名称"], "")
    assert asked_in(planned(data, batch="2021-09")) == []


def test_what_an_import_adds_says_when_it_was_recorded(world):
    rows = [["TEA 42", "茶/T 42-2022", "会唱歌的壶", "歌唱茶壶协会", "壶"]]
    made = imported(attachments.xlsx(rows, ["识别号", "标准编号", "标准名称", "发布单位", "领域"], ""), batch="2022-05")
    assert made.facts["tea-42"]["recorded_on"] == TODAY.isoformat()
    tables = read_records(Path("content")).tables
    for table in ("batches", "fields", "organisations"):
        assert tables[table][-1]["recorded_on"] == TODAY.isoformat()


def test_a_new_announcement_is_named_as_the_records_name_one(real_catalogue):
    (october,) = (one for one in real_catalogue.batches if one.address == "2025-10")
    _, entry = batch_entry("2025-10", 0)
    assert entry["name"] == {language: text.words for language, text in october.name.items()}
    assert entry["standing"] == {language: text.standing for language, text in october.name.items()}


def test_standard_input_is_read_too(world):
    done = subprocess.run(
        (sys.executable, "-m", "generator", "import", "-"),
        input=attachments.xlsx(),
        cwd=world,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=False,
    )
    assert done.stdout.decode().startswith("standard input → 2021-09\n")
    assert "~ tea-9: designation: 茶/T 9-2021" in done.stdout.decode()


# --- what is written ------------------------------------------------------------------------------------------


def test_writing_leaves_every_line_it_need_not_touch(world):
    batches = Path("content/records/batches.yml")
    batches.write_text("# 手写的说明。\n" + batches.read_text("utf-8"), "utf-8")
    before = records_below(Path("content"))
    imported(attachments.xlsx())
    after = records_below(Path("content"))
    touched = {name for name in after if before.get(name) != after[name]}
    assert touched == {
        "records/standards/batch-2021-09.csv",
        "records/sources.yml",
        "records/batches.yml",
    }
    for name in touched & before.keys():
        diff = difflib.ndiff(before[name].decode().splitlines(), after[name].decode().splitlines())
        gone = [line for line in diff if line.startswith("- ")]
        # The row of tea-9, and the list of sources of its batch.
        assert len(gone) <= 1, gone
    source = read_records(Path("content")).tables["sources"][-1]
    assert source["file"] == "autumn.xlsx"
    assert len(source["sha256"]) == 64
    assert source["read_on"] == "2021-11-01"


def test_a_second_import_of_the_same_list_changes_nothing(world):
    imported(attachments.xlsx())
    again = planned(attachments.docx())
    assert (again.changes, again.texts, again.unchanged) == ([], {}, 3)


def test_an_import_is_shown_on_the_pages_with_its_row_and_its_history(world):
    Path("content/records/addresses.txt").write_text("standards/tea-9\n", "utf-8")
    imported(attachments.xlsx())
    records = read_records(Path("content"))
    told = [(row["standard"], row["attribute"], row["from"], row["to"]) for row in records.tables["changes"]]
    assert told[-2:] == [
        ("tea-9", "designation", "", "茶/T 9-2021"),
        ("tea-9", "publisher", "", "institute-of-imaginary-tea"),
    ]
    assert all(row["source"] == "annex-2021-09" for row in records.tables["changes"][-2:])


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_csv_keeps_its_mark_its_line_ends_and_its_other_rows(ending):
    text = f'\ufeffaddress,title{ending}a,"x, y"{ending}b,z{ending}c,w'
    edited = edited_csv(text, {3: {"address": "b", "title": 'q"r'}}, {4}, [{"address": "d", "title": "ü"}])
    assert edited == f'\ufeffaddress,title{ending}a,"x, y"{ending}b,"q""r"{ending}d,ü{ending}'


def test_an_entry_stands_above_a_later_one_and_its_comments():
    text = "# All.\n\na:\n  sources: [x]\n# About b.\nb:\n  sources:\n    - y\n"
    assert with_entry(text, "n", {"sources": ["z"]}, 6) == (
        "# All.\n\na:\n  sources: [x]\nn:\n  sources: [z]\n\n# About b.\nb:\n  sources:\n    - y\n"
    )
    assert with_value(text, 4, "z").splitlines()[3] == "  sources: [x, z]"
    assert with_value(text, 7, "z").endswith("    - y\n    - z\n")


def test_an_import_that_is_killed_anywhere_is_done_whole_or_not_at_all(world, tmp_path_factory):
    made = planned(attachments.xlsx())
    records = Path("content/records")
    before = records_below(records)
    copy = tmp_path_factory.mktemp("whole")
    shutil.copytree(records, copy / "records")
    transaction.write_all(copy / "records", made.texts)
    after = records_below(copy / "records")
    assert after != before
    outcomes = []
    for cut in range(100):
        shutil.rmtree(records)
        shutil.copytree(JANUARY.parents[1] / "world/records", records)
        child = os.fork()
        if child == 0:
            die_after(cut)
            transaction.write_all(records, made.texts)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        transaction.recover(records)
        held = records_below(records)
        assert held in (before, after), f"cut off at step {cut}"
        outcomes.append(held == after)
        if status == 0:
            break
    # Cut early it did not happen, cut late it did, and nothing between.
    assert outcomes == sorted(outcomes)
    assert outcomes[0] is False
    assert outcomes.count(False) > len(made.texts)
    assert outcomes.count(True) > len(made.texts)


def die_after(steps: int) -> None:
    """End this process, as a power cut does, at the step after so many that touch the disk."""
    left = [steps]

    def watch(event: str, _: tuple) -> None:
        if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"):
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)

    sys.addaudithook(watch)


def test_the_exported_list_imports_as_no_change(tmp_path, monkeypatch):
    for records in (JANUARY, JANUARY.parents[1] / "world/records"):
        project = make_project(tmp_path / records.parent.name, records)
        monkeypatch.chdir(project)
        listed = published_list(read_content(Path()))
        made = planned(standards_csv(listed).encode(), name="standards.csv")
        assert (made.problems, made.questions, lines_of(made)) == ([], [], [])
        assert made.unchanged == len(listed.facts)


def test_the_annex_of_the_first_batch_completes_its_records_instead_of_doubling_them(tmp_path, monkeypatch):
    """The real records of batch 1, arranged as the announcement's five columns; what the sources do not state is
    filled in by unmistakably imaginary numbers and titles."""
    monkeypatch.chdir(make_project(tmp_path, JANUARY))
    records = read_records(Path("content"))
    listed = [row for row in records.tables["standards"] if records.batch_of[row.file] == "2023-04"]
    assert len(listed) == 39
    rows = []
    for n, row in enumerate(listed, 1):
        title = row["title:zh-Hans"]
        rows.append(
            [
                n,
                row["list_identifier"].replace("WQ ", "WQ") or f"茶 {n}",
                row["designation"].replace("-20", "—20") or f"茶/T {n}-2022",
                # The press left out what the formal title begins with.
                title if n % 2 else f"粤菜 {title}",
                "幻想茶研究院",
            ]
        )
    data = attachments.xlsx(rows, attachments.HEADINGS, "粤港澳大湾区共通执行标准清单（第一批）")
    made = imported(data, name="annex.xlsx")
    assert made.batch == "2023-04"
    assert [change for change in made.changes if change.sign != "~"] == []
    now = {row.address: row for row in read_records(Path("content")).tables["standards"]}
    assert len(now) == 51
    lu_e = next(row for row in now.values() if "卤鹅" in row["title:zh-Hans"])
    assert lu_e.address.startswith("cha-")
    assert lu_e.many("former_addresses") == ("lu-e",)
    assert lu_e["standing:zh-Hans"] == "official"
    if lu_e["title:zh-Hans"] != "卤鹅":
        assert lu_e.many("also_called:zh-Hans") == ("卤鹅",)
    assert now["wq-1-10"]["designation"] == "T/GBAS 8-2022"
    assert [sentence for sentence in left_by(made) if "no region" not in sentence] == [
        "huan-xiang-cha-yan-jiu-yuan has no name:en"
    ]


# --- which record a row speaks of -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ({"list_identifier": "TEA 1"}, "tea-1"),
        ({"list_identifier": "tea1"}, "tea-1"),
        ({"designation": "茶/T 1-2020"}, "tea-1"),
        ({"designation": "茶/T 1"}, "tea-1"),
        ({"title:zh-Hans": "白毫"}, "tea-1"),
        ({"title:zh-Hant": "陳年烏龍"}, "tea-2"),
        ({"title:en": "aged OOLONG"}, "tea-2"),
        ({"title:zh-Hans": "粤港澳大湾区白毫"}, "tea-1"),
        ({"title:en": "Silver Tip"}, "tea-1"),
        ({"title:zh-Hans": "白毫", "designation": "茶/T 99-2020"}, None),
        ({"list_identifier": "TEA 10"}, None),
        ({"title:zh-Hans": "毫"}, None),
    ],
)
def test_a_row_is_matched_by_identifier_designation_and_title(world, cells, address):
    match = Matcher(read_records(Path("content")).tables["standards"]).sure(AnnouncedRow("2", 2, cells))
    assert (match and match.record.address) == address
    assert not (match and match.doubt)


def test_a_doubtful_match_is_asked_about_and_answered(world):
    rows = [["", "茶/T 3-2020", "陈年乌龙（第三版）", "", "", ""], ["", "", "苦茶的喝法", "幻想茶研究院", "", ""]]
    data = attachments.xlsx(rows, WITH_STATUS, "")
    asked = planned(data, batch="2021-09")
    assert asked_in(asked)[:2] == [
        "row 2 ‘陈年乌龙（第三版）’: is it tea-3 (陈年乌龙（第二版）)? 茶/T 3-2020 may be another year of 茶/T 3-2021. "
        "Say --accept 2 if it is, --new 2 if it is another standard.",
        "row 3 ‘苦茶的喝法’: is it ku-cha (苦茶)? ‘苦茶的喝法’ resembles ‘苦茶’. "
        "Say --accept 3 if it is, --new 3 if it is another standard.",
    ]
    assert not asked.may_be_written
    answered = planned(data, batch="2021-09", new=("2",), accept=("3",))
    assert answered.questions == []
    assert answered.facts["cha-t-3-2020"]["title:zh-Hans"] == "陈年乌龙（第三版）"
    assert answered.facts["ku-cha"]["title:zh-Hans"] == "苦茶的喝法"
    assert answered.facts["ku-cha"]["also_called:zh-Hans"] == "苦茶"
    assert "~ ku-cha: batch: 2021-09" in lines_of(answered)
    nobody = planned(data, batch="2021-09", accept=("31",))
    assert problems_in(nobody) == ["there is no row 31 in the list"]


def test_a_plan_has_the_file_as_it_is_and_a_question_the_record_that_it_is_about(world):
    asked = planned("标准编号,标准名称\n茶/T 04-2020,别的\n".encode(), batch="2021-09")
    assert asked.attachment
    assert [[cell.text for cell in row] for row in asked.attachment.sheets[0].rows][1] == ["茶/T 04-2020", "别的"]
    assert {question.address for question in asked.questions} == {"tea-4"}
    wrong = planned(attachments.damaged(), batch="2021-09")
    assert wrong.problems
    assert wrong.attachment
    assert wrong.table.rows
    unreadable = planned(b"")
    assert (unreadable.attachment, unreadable.table.rows) == (None, [])


def test_what_a_column_holds_may_be_said_against_its_heading(world):
    Path("list.csv").write_text("标准编号,标准名称,附记\n茶/T 70-2021,某茶,幻想茶研究院\n", "utf-8")
    command = ("import", "list.csv", "--batch", "2021-09", "--column")
    done = run(*command, "3=publisher", folder=world)
    assert "issuing body: institute-of-imaginary-tea" in done.stdout
    assert "ARGS='--batch 2021-09 --column 3=publisher --write'" in done.stdout
    wrong = run(*command, "9=publisher", folder=world)
    assert wrong.returncode == 1
    assert "9" in wrong.stdout.splitlines()[2]


def test_zeros_that_excel_dropped_are_a_doubt(world):
    made = planned("标准编号,标准名称\n茶/T 04-2020,别的\n".encode(), batch="2021-09")
    assert "is it tea-4 (漏杯)? 茶/T 04-2020 is 茶/T 4-2020 but for zeros" in asked_in(made)[0]


def test_a_better_identifier_moves_the_address_and_keeps_the_old_one(world):
    made = imported("识别号,标准名称\nTEA 40,苦茶\n".encode(), batch="2021-09")
    assert "~ tea-40: address: ku-cha → tea-40" in lines_of(made)
    row = next(row for row in read_records(Path("content")).tables["standards"] if row.address == "tea-40")
    assert row.many("former_addresses") == ("ku-cha",)
    assert row.file.endswith("batch-2021-09.csv")
    assert "ku-cha" not in Path("content/records/standards/batch-unknown.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (
            ["TEA 1", "茶/T 1-2020", "白毫", "幻想茶研究院", "废止", "2021年10月1日起废止"],
            {"status": "withdrawn", "withdrawn_on": "2021-10-01"},
        ),
        (
            ["TEA 1", "茶/T 1-2020", "白毫", "幻想茶研究院", "", "2021-10-01 withdrawn"],
            {"status": "withdrawn", "withdrawn_on": "2021-10-01"},
        ),
        (
            ["TEA 1", "茶/T 1-2020", "白毫芽", "幻想茶研究院", "现行", ""],
            {"title:zh-Hans": "白毫芽", "title:zh-Hant": "白毫芽"},
        ),
    ],
)
def test_withdrawals_and_corrections_come_the_same_way(world, cells, wanted):
    made = planned(attachments.xlsx([cells], WITH_STATUS, ""), batch="2021-09", accept=("2",))
    facts = made.facts["tea-1"]
    assert {column: facts[column] for column in wanted} == wanted
    assert facts["batch"] == "2020-03"
    assert facts["publisher"] == "institute-of-imaginary-tea"


def test_a_successor_marks_what_it_supersedes(world):
    row = ["TEA 31", "茶/T 31-2021", "新白毫", "幻想茶研究院", "现行", "代替茶/T 1-2020和茶/T 88-2000"]
    made = imported(attachments.xlsx([row], WITH_STATUS, ""), batch="2021-09")
    assert made.facts["tea-31"]["supersedes"] == "tea-1"
    assert made.facts["tea-1"]["status"] == "superseded"
    assert "Not on the list, so that no succession is recorded: row 2 (茶/T 88-2000)" in remarks_in(made)
    assert made.left == []


def test_what_is_superseded_may_say_so_itself(world):
    row = ["TEA 1", "茶/T 1-2020", "白毫", "幻想茶研究院", "被代替", "被TEA9代替"]
    made = planned(attachments.xlsx([row], WITH_STATUS, ""), batch="2020-03")
    assert made.facts["tea-9"]["supersedes"] == "tea-1"
    assert made.facts["tea-1"]["status"] == "superseded"
    assert made.left == []


def test_a_row_that_says_less_than_its_record_is_asked_about_and_takes_nothing_away(world):
    data = attachments.xlsx([["TEA 1", "", "白毫", "", "", ""]], WITH_STATUS, "")
    asked = planned(data, batch="2020-03")
    assert asked_in(asked) == [
        "row 2 says less than tea-1: issuing body, designation, status. "
        "Say --accept 2 to keep what is recorded, or complete the row."
    ]
    kept = planned(data, batch="2020-03", accept=("2",))
    assert kept.questions == []
    assert lines_of(kept) == ["~ tea-1: sources: +annex-2020-03#2"]


@pytest.mark.parametrize(
    "remark",
    [
        "不废止；继续有效",
        "拟废止，征求意见至2021年10月1日",
        "部分代替茶/T 3-2021",
        "2027年6月1日起废止",
        "proposed to be withdrawn",
    ],
)
def test_a_remark_that_is_not_certain_changes_nothing_and_is_shown(world, remark):
    row = ["TEA 1", "茶/T 1-2020", "白毫", "幻想茶研究院", "", remark]
    made = planned(attachments.xlsx([row], WITH_STATUS, ""), batch="2020-03", accept=("2",))
    assert lines_of(made) == ["~ tea-1: sources: +annex-2020-03#2"]
    assert f"Remarks that are not recorded; a note would be their place: row 2 ‘{remark}’" in remarks_in(made)


def test_a_title_alone_does_not_make_it_the_standard_of_another_announcement(world):
    data = "标准名称,识别号\n漏杯,TEA 70\n".encode()
    assert asked_in(planned(data, batch="2021-09")) == [
        "row 2 ‘漏杯’: is it tea-4 (漏杯)? It has that title only, and was announced as 2020-03. "
        "Say --accept 2 if it is, --new 2 if it is another standard."
    ]
    made = planned(data, batch="2021-09", new=("2",))
    assert made.facts["tea-70"]["title:zh-Hans"] == "漏杯"
    assert any("with the title of tea-4 but other numbers" in remark for remark in remarks_in(made))


def test_what_was_on_the_list_before_an_announcement_is_asked_about(world):
    path = Path("content/records/sources.yml")
    path.write_text(path.read_text("utf-8").replace("host: copy\n", "host: copy\n  said_on: 2021-01-01\n", 1), "utf-8")
    made = planned("标准名称,识别号\n苦茶,TEA 70\n".encode(), batch="2021-09")
    assert asked_in(made) == [
        "row 2 ‘苦茶’: is it ku-cha (苦茶)? It was on the list on 2021-01-01, before this announcement. "
        "Say --accept 2 if it is, --new 2 if it is another standard."
    ]


def test_another_number_than_the_recorded_one_is_asked_about(world):
    data = "识别号,标准编号,标准名称\nTEA 1,茶/T 1-2019,白毫\n".encode()
    assert asked_in(planned(data, batch="2020-03")) == [
        "row 2 would change the designation of tea-1 from 茶/T 1-2020 to 茶/T 1-2019. "
        "Say --accept 2 if that is right, --new 2 if it is another standard."
    ]
    assert problems_in(planned(data, batch="2020-03", new=("2",))) == [
        "row 2 cannot be new: tea-1 (白毫) has its number; correct it"
    ]
    assert "~ tea-1: designation: 茶/T 1-2020 → 茶/T 1-2019" in lines_of(planned(data, batch="2020-03", accept=("2",)))


def test_a_designation_later_than_the_announcement_asks_whether_it_is_the_right_one(world):
    made = planned("识别号,标准编号,标准名称\nTEA 70,茶/T 70-2023,未来的茶\n".encode(), batch="2020-03")
    assert asked_in(made) == [
        "row 2: 茶/T 70-2023 is of a later year than the announcement 2020-03. Is --batch right? "
        "Say --accept 2 if both are."
    ]


def test_what_is_to_come_and_what_is_several_is_no_value(world):
    data = (
        "识别号,标准编号,标准名称,发布单位\nTEA 1,（待发布）,白毫,幻想茶研究院\nTEA 70、TEA 71,,两种茶,同上\n".encode()
    )
    made = planned(data, batch="2020-03", name="autumn")
    assert problems_in(made) == [
        "autumn: row 3, column 1: list identifier ‘TEA 70、TEA 71’ is several; a row announces one standard",
        "autumn: row 3, column 4: says ‘同上’; write the text itself",
    ]
    bodies = "识别号,标准名称,发布单位\nTEA 70,两种茶,幻想茶研究院、空杯行会\n".encode()
    assert problems_in(planned(bodies, batch="2020-03")) == [
        "publisher ‘幻想茶研究院、空杯行会’ names several bodies; leave the one that issues the standard, "
        "and put the others under 牵头单位"
    ]


def test_a_second_announcement_in_a_month_is_called_by_its_day_and_imported_again_by_the_same_words(world):
    def data(number: int) -> bytes:
        return f"识别号,标准名称\nTEA {number},第{number}号茶\n".encode()

    assert imported(data(70), batch="2022-05-18").batch == "2022-05"
    assert imported(data(71), batch="2022-05-25").batch == "2022-05-25"
    assert planned(data(70), batch="2022-05-18").batch == "2022-05"
    totals = [
        (row.address, row["standards"], row["standards_total"])
        for row in read_records(Path("content")).tables["batches"]
    ]
    assert totals[-2:] == [("2022-05", "1", "10"), ("2022-05-25", "1", "11")]


def test_only_what_is_new_counts_towards_a_new_total(world):
    data = "识别号,标准编号,标准名称\nTEA 1,茶/T 1-2020,白毫\nTEA 72,,七十二号茶\n".encode()
    made = imported(data, batch="2022-05")
    batch = read_records(Path("content")).tables["batches"][-1]
    assert (batch["standards"], batch["standards_total"]) == ("1", "10")
    assert made.left == []


def test_a_note_written_before_what_changes_is_to_be_read_again(world):
    made = planned("标准编号,标准名称,识别号\n茶/T 4-2020,漏杯,TEA 73\n".encode(), batch="2020-03")
    assert "A note was written before this; read it again: tea-4" in remarks_in(made)


def test_a_row_cannot_be_both_accepted_and_new(world):
    made = planned("识别号,标准名称\nTEA 70,某茶\n".encode(), batch="2020-03", accept=("2",), new=("2",))
    assert problems_in(made) == ["row 2 is both accepted and new; say one of the two"]


def test_a_cell_in_the_other_script_than_its_column_is_a_title_of_its_own_script(world):
    rows = "識別號,標準名稱\nTEA 70,烏龍茶葉\nTEA 71,绿茶叶\n".encode()
    made = planned(rows, batch="2021-09")
    assert made.facts["tea-70"]["standing:zh-Hant"] == "official"
    assert (made.facts["tea-71"]["standing:zh-Hans"], made.facts["tea-71"]["title:zh-Hant"]) == ("official", "綠茶葉")


def test_a_title_that_takes_the_place_of_a_reviewed_one_is_not_called_reviewed(world):
    before = published_list(read_content(Path())).facts["tea-3"]
    assert before["standing:zh-Hant"] == "reviewed"
    made = planned("标准编号,标准名称\n茶/T 3-2021,陈年乌龙（第四版）\n".encode(), batch="2020-03")
    assert made.facts["tea-3"]["standing:zh-Hant"] == "converted"
    assert "reviewed:zh-Hant" not in made.facts["tea-3"]
    assert made.left == []
    official = planned(f"標準編號,標準名稱\n茶/T 3-2021,{before['title:zh-Hant']}\n".encode(), batch="2020-03")
    assert official.facts["tea-3"]["standing:zh-Hant"] == "official"
    assert official.left == []


def test_a_row_that_is_struck_out_is_not_announced(world):
    book = Workbook()
    data = attachments.xlsx([[1, "TEA 70", "", "划掉的茶", ""]], title="", book=book)
    attachments.sheet_of(book)["D2"].font = Font(strike=True)
    data = attachments.saved(book)
    assert problems_in(planned(data, batch="2021-09")) == [
        "autumn.xlsx: 附件, D2: ‘划掉的茶’ is struck out; delete it, or take the line off"
    ]


# --- what is wrong with a file --------------------------------------------------------------------------------


def test_what_excel_does_to_numbers_is_named_cell_by_cell(world):
    as_text = "format the column as text, then type the number again"
    made_of = "which Excel made of a number such as 1-8"
    lost = "letters or leading zeros may be lost"
    assert problems_in(planned(attachments.damaged(), batch="2021-09")) == [
        f"autumn.xlsx: 附件, B2: list identifier is the date 2021-01-08, {made_of}; {as_text}",
        f"autumn.xlsx: 附件, B7: list identifier is the date 8月1日, {made_of}; {as_text}",
        f"autumn.xlsx: 附件, C3: designation is 2.02123E+11, a number that Excel shortened; {as_text}",
        f"autumn.xlsx: 附件, B4: list identifier is the bare number 22; {lost}; {as_text}",
        'autumn.xlsx: 附件, C5: holds a formula (="茶/T "&23); copy the column and paste it as values',
        "autumn.xlsx: 附件, D6: holds the error #REF!; write what should stand there",
    ]


def hidden_row() -> bytes:
    book = Workbook()
    attachments.sheet_of(book).row_dimensions[3].hidden = True
    return attachments.xlsx([[1, "TEA 50", "", "甲", ""], [2, "TEA 51", "", "乙", ""]], title="", book=book)


def hidden_sheet() -> bytes:
    book = Workbook()
    attachments.xlsx([[1, "TEA 50", "", "甲", ""]], title="", book=book)
    other = book.create_sheet("旧")
    other.append(attachments.HEADINGS)
    other.append([1, "TEA 51", "", "乙", ""])
    other.sheet_state = "hidden"
    return attachments.saved(book)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "autumn is empty; save the attachment again from where it was announced"),
        (
            b"a,b\n1,2\n",
            "autumn: no list was found: a row of headings is wanted, "
            "such as 序号, 识别号, 标准编号, 标准名称, 发布单位",
        ),
        ("标准编号,标准名称\n".encode(), "autumn: the list has headings but no row below them"),
        (
            "标准编号,标准号,标准名称\n茶/T 1-2020,2,x\n".encode(),
            "autumn: row 1, column 1 and row 1, column 2 both say designation; "
            "rename or delete one of ‘标准编号’ and ‘标准号’",
        ),
        (
            "标准编号,标准名称,状态\n茶/T 77-2020,x,好\n".encode(),
            "autumn: row 2, column 3: the status ‘好’ is unknown; 现行, 即将实施, 被代替 and 废止 are known "
            "(current, upcoming, superseded, withdrawn)",
        ),
        (
            "标准编号,标准名称,实施日期\n茶/T 77-2020,x,2022-02-30\n".encode(),
            "autumn: row 2, column 3: date implemented ‘2022-02-30’ is no day; write it as 2023-04-24",
        ),
        (
            "标准编号,标准名称\n茶/T 77-2020,x\n茶/T77—2020,y\n".encode(),
            "autumn: row 3 repeats designation 茶/T 77-2020 of row 2; "
            "correct it, or delete the row if it is the same standard",
        ),
        ("标准编号,标准名称\n,x\n,x\n".encode(), "autumn: row 3 is row 2 again; delete one"),
        (
            '标准编号,标准名称\n"茶/T 77-2020,x\n'.encode(),
            "autumn is not CSV from row 2 on (unexpected end of data); check the quotes of that row",
        ),
        (hidden_row(), "autumn: 附件, hidden (by a filter?): row 3; show what is hidden, or delete it, and save"),
        (hidden_sheet(), "autumn: 旧: this sheet is hidden but holds a list; show it, or delete it, and save"),
        (attachments.xlsx()[:-300], "autumn is damaged: its end is missing; save it again from where it was announced"),
        (
            attachments.zipped({"xl/workbook.xml": b"<a/>", "xl/vbaProject.bin": b"x"}),
            "autumn holds macros; open it, save it as .xlsx or .docx, which cannot hold any, and import that",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "autumn is protected by a password; open it, take the password off, and save it",
        ),
        (
            attachments.zipped({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'}),
            "autumn defines XML entities, which no office program writes; copy the table into a new spreadsheet",
        ),
        (
            attachments.zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 150_000_000}),
            "autumn holds far more than a list of standards; copy the table alone into a new spreadsheet",
        ),
        (
            b"x," * 25_000_000,
            "autumn has more than 20 MB; copy the table alone into a new spreadsheet and save it as .xlsx",
        ),
        (
            bytes(range(256)) * 9,
            "autumn is of no kind that can be read; .xlsx, .xls, .ods, .csv, .docx, .html and .pdf can",
        ),
        (b"{\\rtf1 x}", "autumn is a rich-text file (.rtf); open it in Word or WPS and save it as .docx"),
        (
            attachments.zipped({"a.txt": b"x"}),
            "autumn is a zip file that holds a.txt; unpack it and import the file inside",
        ),
    ],
)
def test_each_fault_of_a_file_is_one_sentence_with_a_remedy(world, data, problem):
    before = records_below(world / "content")
    made = planned(data, batch="2021-09", name="autumn")
    assert problems_in(made) == [problem]
    assert (made.may_be_written, made.texts) == (False, {})
    assert records_below(world / "content") == before


@pytest.mark.parametrize(
    "data",
    [
        attachments.zipped({"xl/workbook.xml": b"<a/>"}),
        attachments.zipped({"word/document.xml": b"<a/>"}),
        attachments.zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a"}),
        b"%PDF-1.7\nnothing",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
)
def test_a_damaged_file_of_any_kind_is_a_sentence_not_a_traceback(data):
    with pytest.raises(AttachmentError, match=r"is damaged as a .*; open it, save it again, or copy the table"):
        read_attachment("autumn", data)


def test_a_far_cell_is_refused_before_the_sheet_is_filled():
    book = Workbook()
    attachments.sheet_of(book)["XFD1048576"] = "x"
    with pytest.raises(AttachmentError, match="uses 1,048,576 rows in Sheet; delete all rows below the table"):
        read_attachment("far.xlsx", attachments.saved(book))


def test_a_wrong_name_does_not_matter(world):
    assert lines_of(planned(attachments.html(), name="autumn.xls")) != []
    assert planned(attachments.html(), name="autumn.xls").problems == []


def test_several_sheets_are_read_and_their_rows_told_apart(world):
    book = Workbook()
    attachments.xlsx([[1, "TEA 50", "", "甲种茶", ""]], title="", book=book)
    other = book.create_sheet("附件二")
    other.append(attachments.HEADINGS)
    other.append([1, "TEA 51", "", "乙种茶", ""])
    book.create_sheet("说明").append(["请勿外传"])
    made = planned(attachments.saved(book), batch="2021-09")
    assert made.problems == []
    assert made.facts["tea-50"]["sources"] == "annex-2021-09#附件:2"
    assert made.facts["tea-51"]["sources"] == "annex-2021-09#附件二:2"
    assert "Not read: 说明 (it holds no list)." in remarks_in(made)


def test_headings_within_a_table_give_the_field(world):
    rows = [["（一）杯领域"], [1, "TEA 50", "", "甲种茶", ""], ["（二）叶"], [2, "TEA 51", "", "乙种茶", ""]]
    made = planned(attachments.xlsx(rows, title=""), batch="2021-09")
    assert made.facts["tea-50"]["field"] == "cups"
    assert made.facts["tea-51"]["field"] == "leaves"
    assert made.facts["tea-50"]["field_assigned_by"] == "source"


def test_a_new_field_and_a_new_body_are_drafted_to_be_completed(world):
    data = "识别号,标准名称,发布单位,领域\nTEA 60,跳舞的茶,香港会跳舞的茶学会,茶舞\n".encode()
    made = imported(data, batch="2022-05")
    assert made.added == [
        ("batches.yml", "2022-05"),
        ("organisations.yml", "xiang-gang-hui-tiao-wu-de-cha-xue-hui"),
        ("fields.yml", "cha-wu"),
        ("sources.yml", "annex-2022-05"),
    ]
    records = read_records(Path("content"))
    body = records.tables["organisations"][-1]
    assert (body["region"], body["name:zh-Hant"], body["name:en"]) == ("hong-kong", "香港會跳舞的茶學會", "")
    assert records.tables["fields"][-1]["opened_by"] == "2022-05"
    assert sorted(left_by(made)) == [
        "cha-wu has no about:en",
        "cha-wu has no about:zh-Hans",
        "cha-wu has no about:zh-Hant",
        "cha-wu has no name:en",
        "xiang-gang-hui-tiao-wu-de-cha-xue-hui has no name:en",
    ]


def test_an_announcement_that_nothing_names_is_asked_for(world):
    made = planned("识别号,标准名称\nTEA 60,跳舞的茶\n".encode())
    assert problems_in(made) == [
        "Which announcement is this? Say --batch with 2020-03 (头春), 2021-09 (秋茶), "
        "or with the month or day of a new one, such as 2026-05 or 2026-05-18"
    ]


# --- rules that hold for every text ---------------------------------------------------------------------------

NUMBERS = st.from_regex(r"[A-Z]{1,4}(/[A-Z]{1,4})? [0-9]{1,4}(-[0-9]{1,4}){0,2}", fullmatch=True)
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@given(NUMBERS)
def test_a_number_is_recorded_in_one_spelling_however_it_is_typed(number):
    assert numbers.normalised(number) == number
    for typed in (
        number.translate(WIDE),
        number.replace("-", "—"),
        f"  {number.replace(' ', '   ')} ",
        number.replace("-", " - "),
    ):
        assert numbers.normalised(typed) == number
    assert numbers.normalised(number.replace(" ", "")) == number


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(data=st.data())
def test_a_record_is_found_by_any_spelling_of_its_numbers_and_by_no_other(world, data):
    records = read_records(Path("content")).tables["standards"]
    record = data.draw(st.sampled_from([row for row in records if row["list_identifier"] or row["designation"]]))
    column = data.draw(st.sampled_from([name for name in ("list_identifier", "designation") if record[name]]))
    number = record[column]
    typed = data.draw(
        st.sampled_from([number.lower(), number.translate(WIDE), number.replace("-", "—"), number.replace(" ", "")])
    )
    found = Matcher(records).sure(AnnouncedRow("2", 2, {column: numbers.normalised(typed)}))
    assert found and found.record.address == record.address
    other = data.draw(st.integers(min_value=100, max_value=999))
    assert Matcher(records).sure(AnnouncedRow("2", 2, {column: f"{number.split(' ')[0]} {other}"})) is None


@given(st.text())
def test_spelling_twice_is_spelling_once_and_never_fails(text):
    assert numbers.normalised(numbers.normalised(text)) == numbers.normalised(text)
    assert spelling.in_one_form(spelling.in_one_form(text)) == spelling.in_one_form(text)
    assert spelling.day(text) == "" or date.fromisoformat(spelling.day(text))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), min_size=1, max_size=6))
def test_whatever_the_cells_hold_a_row_is_recorded_asked_about_or_refused(data):
    out = io.StringIO()
    csv.writer(out).writerows([["识别号", "标准编号", "标准名称"], *data])
    try:
        sheets = list(read_csv(out.getvalue().encode("utf-8", "replace"), []))
    except AttachmentError:
        return
    table = read_table(Attachment("any", "", sheets))
    for row in table.rows:
        assert row.cells
        assert all(text == text.strip() and text for text in row.cells.values())


FACTS = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d"]),
    st.fixed_dictionaries(
        {}, optional={"title:zh-Hans": st.text(min_size=1, max_size=3), "status": st.just("current")}
    ),
)


@given(FACTS, FACTS)
def test_changes_tell_exactly_what_differs(before, after):
    found = list(changes(before, after))
    assert {change.address for change in found if change.sign == "+"} == after.keys() - before.keys()
    assert {change.address for change in found if change.sign == "-"} == before.keys() - after.keys()
    told = {(change.address, change.attribute): change.after for change in found if change.sign == "~"}
    for address in before.keys() & after.keys():
        for column in before[address].keys() | after[address].keys():
            old, new = before[address].get(column, ""), after[address].get(column, "")
            assert ((address, column) in told) == (old != new)
            assert told.get((address, column), new) == new


def test_the_records_and_the_site_say_the_same_changes(world):
    content = read_content(Path())
    before = facts_of(content.catalogue())
    path = Path("content/records/standards/batch-unknown.csv")
    path.write_text(path.read_text("utf-8").replace("Bitter Tea", "Bitterer Tea"), "utf-8")
    after = facts_of(read_content(Path()).catalogue())
    assert [str(change.line) for change in changes(before, after)] == [
        "~ ku-cha: English title: Bitter Tea → Bitterer Tea"
    ]


def test_the_preview_of_a_refused_file_ends_with_what_happened(world):
    made = planned(b"")
    assert list(preview(made, "autumn.xlsx"))[-1] == "1 problem. Nothing was written."
