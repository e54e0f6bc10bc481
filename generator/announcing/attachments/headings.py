"""The names of the columns of an announcement, in any of the three languages."""

from __future__ import annotations

import re
from functools import cache

from generator.announcing.attachments.normalise import in_one_form
from generator.catalogue.columns import BATCH, STANDARD

ORDINAL = "ordinal"
"""The row number of the announcement: understood, and not recorded."""
TITLE = "title"
"""A title in whatever language its cells are."""
REMARK = "remark"

_TERMS = {
    ORDINAL: "序号 项次 序 行号 no s/n item serial",
    "list_identifier": "湾区标准识别号 识别号 湾区标准编号 湾区标准标识号 标识号 清单编号 清单号 湾区标准号"
    " list_identifier list_id identifier identification_no identification_number gba_standard_no gba_standard_number",
    "designation": "标准编号 标准号 标准代号 编号 标准编号和年份"
    " designation standard_no standard_number standard_code number",
    TITLE: "标准名称 名称 标准题目 标准 中文名称 标准中文名称 项目名称"
    " title name standard_title standard_name title_of_standard name_of_standard standard",
    "title:zh-Hans": "简体名称 简体中文名称 标准名称简体 title_simplified",
    "title:zh-Hant": "繁体名称 繁体中文名称 标准名称繁体 title_traditional",
    "title:en": "英文名称 标准英文名称 标准名称英文 英文标题 english_title english_name title_english title_in_english",
    "publisher": "发布单位 发布机构 发布主体 发布部门 发布组织 标准发布单位 制定发布单位"
    " issuing_body issued_by issuer publisher issuing_organisation issuing_organization published_by",
    "led_by": "牵头单位 组织单位 主导单位 牵头机构 led_by lead_body leading_body",
    "field": "领域 所属领域 标准领域 行业领域 field subject_area sector area",
    "issued_on": "发布日期 标准发布日期 发布时间 date_of_issue issue_date issued_on publication_date",
    "implemented_on": "实施日期 标准实施日期 实施时间 生效日期"
    " date_of_implementation implementation_date effective_date implemented_on",
    "withdrawn_on": "废止日期 撤销日期 废止时间 withdrawal_date date_of_withdrawal withdrawn_on",
    "announced_on": "公布日期 公布时间 announcement_date announced_on date_of_announcement",
    "status": "状态 标准状态 status state",
    "supersedes": "代替标准 代替标准号 被代替标准 替代标准 代替 supersedes replaces",
    "route": "形成方式 转化方式 途径 标准来源 类型 route way type",
    REMARK: "备注 说明 附注 remark remarks note notes comment comments",
    BATCH: "批次 公布批次 batch announcement",
}


@cache
def _columns() -> dict[str, str]:
    return {in_one_form(term): column for column, terms in _TERMS.items() for term in terms.split()}


_OWN = frozenset(column.name for column in STANDARD)
_QUALIFIER = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")


def column_of(heading: str) -> str:
    """The column that `heading` names, by its own name or a word above.

    '' where it names none.
    """
    if heading in _OWN:
        return heading
    columns = _columns()
    return columns.get(in_one_form(heading), "") or columns.get(in_one_form(_QUALIFIER.sub("", heading)), "")
