"""The names of the columns of a list, in any of the three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import permutations

from generator.announcing.attachments.normalise import in_one_form
from generator.catalogue.columns import ALL_FIELDS, BATCH, STANDARD, WHO_ASSIGNED_ALL
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import ColumnName
from generator.catalogue.numbers import NUMBERS

ORDINAL = "ordinal"
"""The row number of the announcement: what tells whether all its rows were read; not recorded."""
TITLE = "title"
"""A title in whatever language its cells are."""
NUMBER_AND_TITLE = "designation and title"
"""Both in one cell."""
REMARK = "remark"
REVIEW = "review"
"""What a review of the standard came to: it goes on, is to be revised, or is withdrawn."""
OTHER = "other"
"""What lists of standards have and the records do not."""
RECORD = "record"
"""The address of the record that a row of our own worksheet completes."""
NAMING = frozenset({*NUMBERS, TITLE, NUMBER_AND_TITLE, "title:zh-Hans", "title:zh-Hant", "title:en"})
"""The columns of which a list has at least one."""

_TERMS = {
    ORDINAL: "序号 项次 序 行号 顺序号 no s/n sn item serial serial_no serial_number item_no row n.º",
    "list_identifier": "湾区标准识别号 识别号 湾区标准编号 湾区标准标识号 标识号 清单编号 清单号 湾区标准号"
    " list_identifier list_id identifier identification_no identification_number gba_standard_no gba_standard_number"
    " gba_standards_no gba_standards_number",
    "designation": "标准编号 标准号 标准代号 编号 标准编号和年份 标准编号年代号 标准代号编号 国家标准编号 国家标准号"
    " 行业标准编号 行业标准号 地方标准编号 地方标准号 团体标准编号 团体标准号 企业标准编号 国标编号 标准号及年号"
    " designation standard_no standard_number standard_code number std_no std_number stdno reference"
    " reference_number reference_no standard_reference reference_of_the_standard reference_of_standard"
    " standard_and/or_project document_number standard_designation norma referência número_da_norma",
    TITLE: "标准名称 名称 标准题目 标准 标题 题目 标准标题 中文名称 标准中文名称 项目名称 中文标准名称 标准名称中文"
    " 中文名 国家标准名称 行业标准名称 地方标准名称 团体标准名称 标准项目名称 标准文本名称"
    " title name standard_title standard_name title_of_standard name_of_standard standard title_of_the_standard"
    " document_title",
    NUMBER_AND_TITLE: "标准编号及名称 标准编号和名称 标准号及名称 标准名称及编号 编号及名称 标准编号名称 标准名称编号"
    " 标准号和名称 标准名称和编号 标准编号与名称 标准号名称 名称及编号 标准编号及标准名称 标准名称及标准编号"
    " reference_and_title number_and_title standard_number_and_title standard_no_and_title title_and_number"
    " reference_and_title_of_the_standard reference_and_title_of_the_harmonised_standard",
    "title:zh-Hans": "简体名称 简体中文名称 标准名称简体 标准名称简体中文 简体中文"
    " title_simplified title_in_simplified_chinese",
    "title:zh-Hant": "繁体名称 繁体中文名称 标准名称繁体 标准名称繁体中文 繁体中文 title_traditional"
    " title_in_traditional_chinese",
    "title:en": "英文名称 标准英文名称 标准名称英文 英文标准名称 英文标题 英文题目 英文名 标准英文译名 英文译名 译名"
    " english_title english_name title_english title_in_english name_in_english standard_title_in_english",
    "publisher": "发布单位 发布机构 发布主体 发布部门 发布组织 标准发布单位 制定发布单位 批准部门 批准发布部门 批准机构"
    " 团体名称 社会团体名称 发布团体 发布机关 标准发布机构 发布者"
    " issuing_body issued_by issuer publisher issuing_organisation issuing_organization published_by"
    " issuing_authority standards_body publishing_body eso",
    "led_by": "牵头单位 组织单位 主导单位 牵头机构 led_by lead_body leading_body",
    "field": "领域 所属领域 标准领域 行业领域 范畴 标准范畴 专业领域 field subject_area sector area field_of_standard",
    "issued_on": "发布日期 标准发布日期 发布时间 发布日 批准发布日期 颁布日期 出版日期"
    " date_of_issue issue_date issued_on publication_date date_of_publication published_date published"
    " date_published data_de_publicação",
    "implemented_on": "实施日期 标准实施日期 实施时间 生效日期 起始实施日期 开始实施日期 施行日期 实施日"
    " date_of_implementation implementation_date effective_date implemented_on effective_from date_of_effect"
    " data_de_entrada_em_vigor",
    "withdrawn_on": "废止日期 撤销日期 废止时间 作废日期 withdrawal_date date_of_withdrawal withdrawn_on",
    "announced_on": "公布日期 公布时间 announcement_date announced_on date_of_announcement",
    "status": "状态 标准状态 现行状态 有效性 status state standard_status estado",
    REVIEW: "复审结论 复审结果 复审意见 复审结论建议 review_result result_of_review review_conclusion",
    "supersedes": "代替标准 代替标准号 被代替标准 被代替标准号 被代替标准编号 替代标准 代替 代替标准编号 代替原标准号"
    " 代替的标准 supersedes replaces superseded_standard reference_of_superseded_standard"
    " reference_of_the_superseded_standard replaced_standard",
    "route": "形成方式 转化方式 途径 标准来源 route way",
    "text_url": "标准链接 标准全文链接 全文链接 标准页面 官方平台页面 text_url text_link page_on_the_official_platform",
    REMARK: "备注 说明 附注 注释 remark remarks note notes comment comments observações",
    BATCH: "批次 公布批次 batch announcement",
    OTHER: "类型 类别 分类 属性 性质 标准性质 标准类型 标准类别 标准属性 是否采标 采标 采标号 采标情况 采用国际标准"
    " 国际标准分类号 中国标准分类号 ics ccs ics分类号 ccs分类号 归口单位 归口部门 技术归口单位 主管部门 执行单位"
    " 技术委员会 全国专业标准化技术委员会 起草单位 主要起草单位 起草人 主要起草人 备案号 备案日期 备案时间 批准日期"
    " 计划号 计划编号 行业 省市自治区 地区 页数 价格 定价 语种 操作 查看 下载 链接 官方链接 原文链接 文本 网址"
    " 联系人 联系电话"
    " type category stage tc committee technical_committee sponsor pages price language edition link action actions"
    " título título_da_norma entidade_emissora legislation"
    " date_of_cessation_of_presumption_of_conformity_of_superseded_standard",
}


MEANINGS = tuple(_TERMS)
"""What a column of a list may be."""
FILLED_IN = ("zh-Hant", "en")
"""The languages whose titles are filled in on a worksheet."""
WORKSHEET = (
    RECORD,
    *NUMBERS,
    "title:zh-Hans",
    *(f"{column}:{language}" for language in FILLED_IN for column in ("title", "reviewed_by", "reviewed_on")),
    "field",
    REMARK,
)
"""The columns of a worksheet that are read; their headings are their names in any of the languages."""


@cache
def _columns() -> dict[str, str]:
    names = {in_one_form(ColumnName(one).in_language(language)): one for one in WORKSHEET for language in LANGUAGES}
    return names | {in_one_form(term): column for column, terms in _TERMS.items() for term in terms.split()}


_OWN = frozenset({*(column.name for column in STANDARD), ALL_FIELDS, WHO_ASSIGNED_ALL})
_QUALIFIER = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]|\bNote \d+$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BY_SCRIPT = re.compile(r"[\u3400-\u9fff（）()/、\s]*[\u3400-\u9fff]|[A-Za-z][^\u3400-\u9fff]*")
_TRANSLATION = re.compile(r"译|譯|参考|參考|translat|unofficial|for reference", re.IGNORECASE)
_TITLES = (TITLE, "title:zh-Hans", "title:zh-Hant", "title:en")


@lru_cache(10_000)
def column_of(heading: str) -> str:
    """The column that `heading` names.

    It may have several lines. '' where it names none. A heading in two languages names what both say, or the
    one that is known.
    """
    if heading in _OWN:
        return heading
    for wordings in (_whole(heading), heading.split("\n"), _by_script(heading)):
        columns = list(dict.fromkeys(column for words in wordings if (column := _of_words(words))))
        if len(columns) == 1:
            return columns[0]
        # A title, and in which language.
        if columns and all(column in _TITLES for column in columns):
            return next(column for column in columns if column != TITLE)
    return ""


def is_translation(heading: str) -> bool:
    """Whether `heading` says that what stands below it is nobody's official wording."""
    return bool(_TRANSLATION.search(heading))


def column_of_parts(parts: Sequence[str]) -> str:
    """The column that a heading in several rows names, such as 日期 above 发布.

    `parts` are its cells from above, without empty ones.
    """
    if len(parts) == 1:
        return column_of(parts[0])
    for several in permutations(parts):
        if column := column_of("".join(several)) or column_of(" ".join(several)) or column_of(" of ".join(several)):
            return column
    return column_of(parts[-1])


def _by_script(heading: str) -> list[str]:
    """The Chinese words of `heading`, then the others; none where a figure belongs to neither."""
    words = _BY_SCRIPT.findall(heading)
    rest = heading
    for one in words:
        rest = rest.replace(one, "", 1)
    return [] if any(letter.isdigit() for letter in rest) else words


def _whole(heading: str) -> Iterator[str]:
    yield "".join(heading.split("\n")) if _HAN.search(heading) else " ".join(heading.split("\n"))


def _of_words(words: str) -> str:
    columns = _columns()
    return columns.get(in_one_form(words), "") or columns.get(in_one_form(_QUALIFIER.sub("", words)), "")
