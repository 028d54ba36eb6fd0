"""The statutory form of the annual report, as data: both editions, and nothing of them elsewhere.

Edition 2019 is annexed to 国办公开办函〔2019〕60号, edition 2021 to 国办公开办函〔2021〕30号.
The first name of every entry is what the form prints; the others are wordings and slips that real
filings print instead. Names are compared without numbering, punctuation and spaces.
"""

from dataclasses import dataclass
from typing import Literal

from ocrpipe.report import Edition

BOTH: tuple[Edition, ...] = ("2019", "2021")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, a column or an item of the form."""

    key: str
    names: tuple[str, ...]
    editions: tuple[Edition, ...] = BOTH


# Section 三, in the form's order.

APPLICATION_COLUMNS = (
    Entry("natural_person", ("自然人", "公民")),
    Entry("company", ("商业企业", "企业")),
    Entry("research_institution", ("科研机构",)),
    Entry("social_organization", ("社会公益组织", "公益组织")),
    Entry("legal_service", ("法律服务机构", "法律服务")),
    Entry("other", ("其他", "其它")),
    Entry("total", ("总计", "合计")),
)

APPLICATION_ROWS = (
    Entry("new", ("一、本年新收政府信息公开申请数量", "本年新收申请数量", "本年新收")),
    Entry("carried_over", ("二、上年结转政府信息公开申请数量", "上年结转申请数量", "上年结转")),
    Entry("granted", ("（一）予以公开",)),
    Entry(
        "partly_granted",
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
    ),
    Entry("refused.state_secret", ("1.属于国家秘密",)),
    Entry("refused.forbidden_by_law", ("2.其他法律行政法规禁止公开", "法律法规禁止公开")),
    Entry("refused.three_securities", ("3.危及“三安全一稳定”",)),
    Entry("refused.third_party", ("4.保护第三方合法权益", "侵害第三方合法权益")),
    Entry("refused.internal_affairs", ("5.属于三类内部事务信息", "属于三类内部事物信息")),
    Entry("refused.process_information", ("6.属于四类过程性信息", "属于四类过渡性信息")),
    Entry("refused.enforcement_file", ("7.属于行政执法案卷", "属于行政执法案卷信息")),
    Entry("refused.administrative_query", ("8.属于行政查询事项", "属于行政查询事项信息")),
    Entry("unable.not_held", ("1.本机关不掌握相关政府信息", "本机关不掌握")),
    Entry("unable.needs_making", ("2.没有现成信息需要另行制作", "需要另行制作")),
    Entry("unable.still_unclear", ("3.补正后申请内容仍不明确",)),
    Entry("unprocessed.petition", ("1.信访举报投诉类申请",)),
    Entry("unprocessed.repeated", ("2.重复申请",)),
    Entry("unprocessed.publication", ("3.要求提供公开出版物",)),
    Entry("unprocessed.excessive", ("4.无正当理由大量反复申请",)),
    Entry("unprocessed.reissue", ("5.要求行政机关确认或重新出具已获取信息", "重新出具已获取信息")),
    Entry("other", ("（六）其他处理",), ("2019",)),
    Entry(
        "other.not_corrected",
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "申请人无正当理由逾期不补正",
        ),
        ("2021",),
    ),
    Entry(
        "other.fee_unpaid",
        (
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "申请人逾期未按收费通知要求缴纳费用",
        ),
        ("2021",),
    ),
    Entry("other.other", ("3.其他", "其它"), ("2021",)),
    Entry("total", ("（七）总计", "（七）合计")),
    Entry("carried_forward", ("四、结转下年度继续办理", "结转下年度")),
)

APPLICATION_GROUPS = ("三、本年度办理结果", "（三）不予公开", "（四）无法提供", "（五）不予处理")
"""Labels that stand beside several rows and are none themselves."""

RESULT_ROWS = tuple(
    entry.key
    for entry in APPLICATION_ROWS
    if entry.key not in {"new", "carried_over", "total", "carried_forward"}
)

# Section 四.

ReviewKind = Literal["reconsideration", "direct_litigation", "litigation_after_reconsideration"]
REVIEW_KINDS: tuple[ReviewKind, ...] = (
    "reconsideration",
    "direct_litigation",
    "litigation_after_reconsideration",
)

REVIEW_GROUPS = (
    Entry("reconsideration", ("行政复议",)),
    Entry("direct_litigation", ("未经复议直接起诉", "直接起诉")),
    Entry("litigation_after_reconsideration", ("复议后起诉", "经复议后起诉")),
)

REVIEW_OUTCOMES = (
    Entry("upheld", ("结果维持", "维持")),
    Entry("corrected", ("结果纠正", "纠正")),
    Entry("other", ("其他结果", "其它结果", "其他")),
    Entry("pending", ("尚未审结", "未审结")),
    Entry("total", ("总计", "合计")),
)

# Section 二.


@dataclass(frozen=True, slots=True)
class Article:
    """One item of 第二十条 with the rows and columns printed under it."""

    number: str
    items: tuple[Entry, ...]
    columns: tuple[Entry, ...]
    editions: tuple[Edition, ...] = BOTH

    @property
    def name(self) -> str:
        return f"第二十条第（{self.number}）项"


ITEM_HEADING = "信息内容"

_PREVIOUS = Entry("previous_items", ("上一年项目数量", "上年项目数量"), ("2019",))
_CHANGE = Entry("change", ("本年增/减", "本年增/"), ("2019",))
_DECISIONS = (
    Entry("decisions", ("处理决定数量",), ("2019",)),
    Entry("decisions", ("本年处理决定数量",), ("2021",)),
)

ARTICLES = (
    Article(
        "一",
        (
            Entry("规章", ("规章", "政府规章")),
            Entry("规范性文件", ("规范性文件", "行政规范性文件")),
        ),
        (
            Entry("made_this_year", ("本年新制作数量", "本年制作数量"), ("2019",)),
            Entry("published_this_year", ("本年新公开数量", "本年公开数量"), ("2019",)),
            Entry("published_total", ("对外公开总数量",), ("2019",)),
            Entry("made_this_year", ("本年制发件数",), ("2021",)),
            Entry("repealed_this_year", ("本年废止件数",), ("2021",)),
            Entry("in_force", ("现行有效件数",), ("2021",)),
        ),
    ),
    Article(
        "五",
        (
            Entry("行政许可", ("行政许可",)),
            Entry(
                "其他对外管理服务事项",
                ("其他对外管理服务事项", "其他对外管理和服务事项"),
                ("2019",),
            ),
        ),
        (_PREVIOUS, _CHANGE, *_DECISIONS),
    ),
    Article(
        "六",
        (Entry("行政处罚", ("行政处罚",)), Entry("行政强制", ("行政强制", "行政强制措施"))),
        (_PREVIOUS, _CHANGE, *_DECISIONS),
    ),
    Article(
        "八",
        (Entry("行政事业性收费", ("行政事业性收费",)),),
        (
            _PREVIOUS,
            # Some filings copy the two heads of 第（五）项 into one cell.
            Entry("change", ("本年增/减", "本年增/", "本年增/减处理决定数量"), ("2019",)),
            Entry(
                "fee_amount",
                ("本年收费金额（单位：万元）", "本年收费金额", "收费金额"),
                ("2021",),
            ),
        ),
    ),
    Article(
        "九",
        (Entry("政府集中采购", ("政府集中采购",)),),
        (
            Entry("procurement_items", ("采购项目数量",), ("2019",)),
            Entry("procurement_amount", ("采购总金额", "采购总金额（万元）"), ("2019",)),
        ),
        ("2019",),
    ),
)

# Headings of the six sections.

SECTION_HEADINGS: dict[int, tuple[str, ...]] = {
    1: ("总体情况", "总体工作情况", "基本情况"),
    2: ("主动公开政府信息情况", "主动公开情况"),
    3: ("收到和处理政府信息公开申请情况", "依申请公开政府信息情况"),
    4: (
        "政府信息公开行政复议、行政诉讼情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    ),
    5: (
        "存在的主要问题及改进情况",
        "政府信息公开工作存在的主要问题及改进情况",
        "存在的主要问题及下一步工作意见",
        "存在的问题及改进措施",
    ),
    6: ("其他需要报告的事项", "需要说明的其他事项"),
}

# 勾稽关系. A path names a figure; {column}, {row} and {kind} run over what the table has.


@dataclass(frozen=True, slots=True)
class SumRule:
    """The figures at `expected` and those at `actual` have the same sum."""

    rule: str
    over: Literal["column", "row", "kind"]
    expected: tuple[str, ...]
    actual: tuple[str, ...]


SUM_RULES = (
    SumRule(
        "applications.balance",
        "column",
        ("applications/new/{column}", "applications/carried_over/{column}"),
        ("applications/total/{column}", "applications/carried_forward/{column}"),
    ),
    SumRule(
        "applications.results",
        "column",
        ("applications/total/{column}",),
        tuple(f"applications/{key}/{{column}}" for key in RESULT_ROWS),
    ),
    SumRule(
        "applications.applicants",
        "row",
        ("applications/{row}/total",),
        tuple(
            f"applications/{{row}}/{entry.key}"
            for entry in APPLICATION_COLUMNS
            if entry.key != "total"
        ),
    ),
    SumRule(
        "reviews.outcomes",
        "kind",
        ("reviews/{kind}/total",),
        tuple(f"reviews/{{kind}}/{entry.key}" for entry in REVIEW_OUTCOMES if entry.key != "total"),
    ),
)


@dataclass(frozen=True, slots=True)
class ProseRule:
    """A count that the text may state: `pattern` has one group, the number.

    A clause that holds one of `unless` before the number counts something narrower.
    """

    rule: str
    pattern: str
    path: str
    unless: tuple[str, ...] = ()


_NARROWER = (
    "其中", "网上", "网络", "网站", "平台", "信函", "邮件", "电子", "当面", "传真", "现场", "上年",
    "结转", "去年", "办结", "答复", "系统", "累计", "近年", "各", "同比", "自然人", "法人",
)  # fmt: skip
_COUNTER = r"\s*(?:件|宗|条|份|起|例)"

PROSE_RULES = (
    ProseRule(
        "prose.new_applications",
        r"(?:收到|新收|受理|接收|接到)(?:的|了)?(?:公众|群众|公民)?(?:政府)?信息(?:依申请)?公开"
        r"申请(?:数量)?(?:共|共计|为)?\s*(\d+)" + _COUNTER,
        "applications/new/total",
        _NARROWER,
    ),
    ProseRule(
        "prose.new_applications",
        r"(?:收到|新收|受理|接收|接到)依申请公开(?:政府信息)?(?:的)?申请(?:共|共计|为)?\s*(\d+)"
        + _COUNTER,
        "applications/new/total",
        _NARROWER,
    ),
    ProseRule(
        "prose.carried_over",
        r"上年(?:度)?结转(?:的)?(?:政府信息公开|依申请公开)?(?:申请)?\s*(\d+)" + _COUNTER,
        "applications/carried_over/total",
    ),
    ProseRule(
        "prose.carried_forward",
        r"结转(?:至|到)?下(?:一)?年(?:度)?(?:继续)?(?:办理)?(?:的)?(?:政府信息公开)?(?:申请)?"
        r"\s*(\d+)" + _COUNTER,
        "applications/carried_forward/total",
    ),
)
