"""The one table of sheets (imports.md §2): their columns, what those may be called, and an example row.

01 学期校历 and 02 节假日与调休 have their own page, where the moved limits are shown first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from liaison.core.spreadsheets import Columns

NOTES = "填写说明"  # the worksheet of a template that explains the columns
YES_NO = "是 或 否"
DATE = "日期，如 2026-09-01"
CATEGORIES = "党委书记、校长、校领导副职、中层正职、中层副职、支部书记、其他"
SEVERAL = "几个之间用顿号隔开"


@dataclass(frozen=True)
class Column:
    """One column: what it is taken for, its heading, an example, what may be written, other headings."""

    code: str
    title: str
    example: str = ""
    note: str = ""
    synonyms: tuple[str, ...] = ()
    is_needed: bool = False


def _needed(code: str, title: str, example: str, note: str = "", *synonyms: str) -> Column:
    return Column(code, title, example, note, synonyms, is_needed=True)


def _may(code: str, title: str, example: str = "", note: str = "", *synonyms: str) -> Column:
    return Column(code, title, example, note, synonyms)


@dataclass(frozen=True)
class Kind:
    """One sheet."""

    number: str
    code: str
    title: str
    columns: tuple[Column, ...]

    @cached_property
    def names(self) -> Columns:
        """Code → what the column may be called, the heading first."""
        return {column.code: (column.title, *column.synonyms) for column in self.columns}

    @cached_property
    def needed(self) -> tuple[str, ...]:
        return tuple(column.code for column in self.columns if column.is_needed)

    @cached_property
    def example(self) -> dict[str, str]:
        return {column.code: column.example for column in self.columns}

    @property
    def tab(self) -> str:
        """What its worksheet is called: 03 组织机构."""
        return f"{self.number} {self.title}"


_STAFF = _needed("staff_no", "工号", "990001", "按文本填写，保留前面的 0", "职工号", "教工号")

KINDS: tuple[Kind, ...] = (
    Kind(
        "03",
        "org_unit",
        "组织机构",
        (
            _needed("code", "单位号", "9901", "全校唯一", "部门编码", "单位编码", "单位编号"),
            _needed("name", "单位名称", "示例学院", "", "部门名称"),
            _may("short_name", "单位简称", "示例院", "手机上显示"),
            _needed("type", "单位类别", "院系", "机关部处、党委工作部门、院系、服务单位、党总支、党支部、教研室等"),
            _may("parent", "隶属单位号", "", "上级单位的单位号", "上级单位号"),
            _may("supervising_leader", "分管校领导工号", "", "", "分管领导工号"),
            _needed("can_receive_tickets", "是否承办单位", "否", f"{YES_NO}；填“是”须有负责人和经办人"),
            _may("head", "负责人工号", "", SEVERAL),
            _may("handlers", "经办人工号", "", SEVERAL),
            _may("half_time_rule", "是否党委工作部门", "否", YES_NO),
            _may("function", "单位职能", "", "学工 或 组织"),
            _may("order", "排序号", "99", "各处按它排列"),
            _may("from_on", "启用日期", "2026-09-01", DATE),
            _may("until_on", "停用日期", "", DATE),
        ),
    ),
    Kind(
        "04",
        "person",
        "人员",
        (
            _STAFF,
            _needed("name", "姓名", "示例老师", "只填教职工"),
            _needed("unit", "单位号", "9901", "", "部门编码"),
            _may("login", "账号", "shili", "不填时用工号登录；口令由管理员发给"),
            _may("standing", "人员状态", "在岗", "在岗、挂职、离岗、退休；后两种停用账号"),
        ),
    ),
    Kind(
        "05",
        "appointment",
        "任职",
        (
            _STAFF,
            _needed("unit", "单位号", "9901"),
            _needed("title", "职务名称", "院长", "照文件写", "职务"),
            _needed("category", "职务类别", "中层正职", CATEGORIES),
            _may("rank", "级别", "正处"),
            _needed("from_on", "任职起", "2026-09-01", DATE, "任职日期"),
            _may("until_on", "任职止", "", DATE, "免职日期"),
            _may("is_principal", "主要职务", "是", f"{YES_NO}；一人同时只有一个"),
            _may("order", "排序号", "1"),
        ),
    ),
    Kind(
        "06",
        "class",
        "班级",
        (
            _needed("code", "班号", "99-2601", "全校唯一", "班级编号"),
            _needed("name", "班级名称", "示例2601班"),
            _needed("college", "院系单位号", "9901", "", "单位号"),
            _needed("grade", "年级", "2026"),
            _may("size", "学生人数", "30", "只填人数", "人数"),
            _may("from_on", "启用日期", "2026-09-01", DATE),
            _may("until_on", "停用日期", "", DATE),
        ),
    ),
    Kind(
        "07",
        "dorm",
        "宿舍",
        (
            _needed("building", "楼栋号", "99", "", "楼号"),
            _needed("name", "楼栋名称", "示例楼"),
            _needed("campus", "校区", "本部"),
            _may("aliases", "别名", "九十九号楼", SEVERAL),
            _may("room", "房间号", "301", "一间一行；只登记楼栋时不填", "房号"),
            _may("size", "床位数", "4", "这一间的床位"),
            _may("manager", "管理单位号", "9901"),
        ),
    ),
    Kind(
        "08",
        "club",
        "社团与学生组织",
        (
            _needed("code", "编号", "99-C01", "全校唯一", "社团编号"),
            _needed("name", "名称", "示例社", "", "社团名称"),
            _may("type", "类别", "社团", "社团 或 学生组织"),
            _needed("unit", "指导单位号", "9901"),
        ),
    ),
    Kind(
        "09",
        "course",
        "思政课程",
        (
            _needed("code", "课程号", "99001"),
            _needed("name", "课程名称", "示例课程"),
            _needed("term", "学年学期", "2026-2027-1", "学年-学期", "学期"),
            _needed("unit", "开课单位号", "9901"),
            _needed("is_ideology", "是否思政课", "是", YES_NO),
        ),
    ),
    Kind(
        "10",
        "place",
        "食堂与场所",
        (
            _needed("code", "编号", "99-P01", "全校唯一", "场所编号"),
            _needed("name", "名称", "示例食堂", "", "场所名称"),
            _needed("type", "类别", "食堂", "食堂、教室、图书馆、体育馆、其他"),
            _needed("campus", "校区", "本部"),
            _may("aliases", "别名", "", SEVERAL),
            _may("manager", "管理单位号", "9901"),
        ),
    ),
    Kind(
        "11",
        "link",
        "联系点安排",
        (
            _STAFF,
            _needed(
                "type",
                "联系类别",
                "班级",
                "党总支、院系班子、党支部、教研室、青年教师、班级、宿舍、社团、学生组织、其他",
            ),
            _needed("target", "联系对象编号", "99-2601", "单位号、班号等；青年教师填工号"),
            _needed("from_on", "起", "2026-09-01", DATE, "开始日期"),
            _may("until_on", "止", "", DATE, "结束日期"),
            _may("liaison", "联络员工号"),
        ),
    ),
    Kind(
        "12",
        "carrier_plan",
        "三特一体申报",
        (
            _STAFF,
            _needed("academic_year", "学年", "2026-2027"),
            _may("duty", "工作职能", "教学管理", "三项特长至少填一项"),
            _may("business", "业务主体"),
            _may("talent", "个人专长"),
            _may("staff_carriers", "教师载体", "示例教研室", f"{SEVERAL}，最多五个"),
            _may("group_carriers", "学生载体", "示例2601班", f"班级、社团等集体；{SEVERAL}，最多五个"),
            _may("declared_on", "申报日期", "2026-09-08", DATE),
        ),
    ),
    Kind(
        "13",
        "absence",
        "请假外出",
        (
            _STAFF,
            _needed("from_on", "起", "2026-10-12", DATE, "开始日期"),
            _needed("until_on", "止", "2026-10-16", DATE, "结束日期"),
            _needed("type", "类型", "培训", "公出、培训、挂职、休假、病假、产假、其他"),
            _may("half", "半天", "", "上午 或 下午，只用于一天"),
        ),
    ),
    Kind(
        "14",
        "dispatch_catalogue",
        "事项分类与派单目录",
        (
            _needed("code", "分类编码", "99", "两位"),
            _needed("name", "一级", "示例类别", "", "一级分类"),
            _needed("unit", "默认主办单位号", "9901"),
            _needed("limit_class", "时限类别", "一般", "紧急、简易、一般、复杂、长期推进、受限"),
            _may("words", "关键词", "示例 例子", "供提示，用空格隔开"),
        ),
    ),
    Kind(
        "15",
        "sla_class",
        "时限",
        (
            _needed("limit_class", "类别", "一般", "紧急、简易、一般、复杂、长期推进、受限"),
            _needed("accept", "受理", "1", "工作日；紧急类写“2小时”"),
            _needed("triage", "研判", "1"),
            _needed("sign", "签收", "1"),
            _needed("handle", "办理", "6", "长期推进写“里程碑”"),
            _may("extension", "延期上限", "5"),
            _may("feedback", "反馈", "2"),
            _needed("calendar", "日历", "service", "natural 自然日、statutory 法定工作日、service 学校工作日"),
        ),
    ),
    Kind(
        "16",
        "requirement",
        "联系制度条目",
        (
            _needed("programme", "制度", "MOE19", "", "programme"),
            _needed("code", "条目编码", "MOE19-F2F", "", "编码"),
            _needed("title", "条目", "每周面对面接触学生", "", "名称"),
            _needed("strength", "强度", "应", "应、原则上、倡导、条件、比例"),
            _needed("subject_role", "对象", "leader", "leader、principal_leader、other_leader、cadre 等"),
            _may("kinds", "联系类别", "enter_class|enter_dorm", "用 | 隔开"),
            _needed("target_scope", "范围", "any", "any、linked、each_linked、each_course、none"),
            _needed("period", "周期", "week", "none、week、month、half_year、term、academic_year、calendar_year"),
            _needed("minimum", "次数", "1", "", "最低要求"),
            _needed("unit", "计量", "weeks"),
            _may("channel", "方式", "face_to_face", "face_to_face、online 或 any"),
            _may("per_each", "按对象", "", "course 或 counterpart"),
            _may("exclusive_group", "互斥组"),
            _may("combine_group", "合并组"),
            _may("calendar_basis", "日历依据", "school_weeks", "school_weeks、term_months、calendar"),
        ),
    ),
    Kind(
        "17",
        "legacy_ticket",
        "历史台账",
        (
            _may("number", "编号", "2019-001", "原来的编号；没有时按日期和内容认"),
            _needed("received_on", "收到日期", "2019-03-05", DATE, "收件日期", "受理日期", "来件日期"),
            _needed("text", "内容", "示例宿舍的路灯不亮", "只写事，不写人，最多 1000 字", "反映内容", "诉求内容"),
            _may("category", "分类", "环境与维修", "照原来的写", "类别"),
            _may("unit", "主办单位", "示例学院", "照原来的写；单位号也行", "承办单位"),
            _may("ended_on", "办结日期", "2019-03-12", DATE, "完成日期"),
            _may("outcome", "结果", "A", "A 已解决、B 正在解决、C 列入计划、D 解释说明", "办理结果"),
            _may("source", "来源", "书记信箱", "", "来件渠道", "渠道"),
        ),
    ),
)  # fmt: skip
BY_CODE = {kind.code: kind for kind in KINDS}
