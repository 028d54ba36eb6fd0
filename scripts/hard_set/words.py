"""Invented offices and the sentences of their reports."""

from random import Random

_PLACES = (
    "青禾", "云岭", "江东", "石桥", "临河", "南浦", "东湖", "白沙", "长安", "永宁", "安平", "新河",
    "金山", "清水", "大田", "西林", "松江", "平阳",
)  # fmt: skip
_LEVELS = ("市", "县", "区", "自治县")
_OFFICES = (
    "水务局", "财政局", "教育局", "人民政府办公室", "自然资源局", "市场监督管理局",
    "卫生健康委员会",
    "住房和城乡建设局", "交通运输局", "农业农村局", "公安局", "审计局", "民政局", "人民政府",
)  # fmt: skip
_SUMMARY = (
    "{year}年，我单位认真贯彻落实《中华人民共和国政府信息公开条例》，全年通过门户网站主动公开信息{a}条。",
    "（一）主动公开情况。全年发布各类信息{a}条，其中工作动态{b}条、政策解读{c}条，回应公众关切{c}次。",
    "（二）依申请公开情况。严格执行受理、审核、办理、答复的各项规定，按时答复率为100%。",
    "（三）政府信息管理。完善信息发布审查制度，全年清理失效信息{b}条，修订目录{c}项。",
    "（四）平台建设。政务新媒体订阅人数达到{a}人，全年阅读量同比增长{b}.{c}%。",
    "（五）监督保障。组织业务培训{c}场，参加培训{b}人次，未发生责任追究情形。",
)
_CLOSING = (
    "一是公开内容的深度还不够，政策解读形式较为单一；二是个别科室的公开意识有待加强。",
    "下一步，我们将细化公开目录，丰富解读形式，力争{next}年解读率达到{b}%以上。",
    "三是加强队伍建设，每年组织不少于{c}次的专题培训，不断提高工作人员的业务能力。",
)


def organization_name(random: Random) -> str:
    """The name of an invented office."""
    return random.choice(_PLACES) + random.choice(_LEVELS) + random.choice(_OFFICES)


def introduction(office: str, year: int) -> str:
    """The paragraph above section 一."""
    return (
        f"根据《中华人民共和国政府信息公开条例》的规定，现公布{office}{year}年政府信息公开工作年度报告。"
        f"本报告所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。"
    )


def summary_paragraphs(random: Random, year: int) -> tuple[str, ...]:
    """Section 一. Its numbers state nothing that a table also states."""
    return tuple(
        _filled(random, text, year) for text in _SUMMARY[: random.randint(3, len(_SUMMARY))]
    )


def closing_paragraphs(random: Random, year: int) -> tuple[str, ...]:
    """Section 五."""
    return tuple(
        _filled(random, text, year) for text in _CLOSING[: random.randint(1, len(_CLOSING))]
    )


def _filled(random: Random, text: str, year: int) -> str:
    return text.format(
        year=year, next=year + 1, a=random.randint(300, 9000), b=random.randint(11, 98),
        c=random.randint(2, 9),
    )  # fmt: skip
