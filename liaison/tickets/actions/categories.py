"""分类: the twenty of domain.md §4.14, seeded once; the office names the units they usually go to."""

from __future__ import annotations

from liaison.core.db import db
from liaison.tickets.models import Category
from workflows.ticket_words import LimitClass

# code, Chinese, English, usual limit class, typical words (18 and 19 are chosen by a person, never suggested)
CATEGORIES: list[tuple[str, str, str, str, str]] = [
    (
        "01",
        "宿舍住宿",
        "Dormitory life",
        "general",
        "宿舍 寝室 床 上铺 洗衣机 晾衣 水房 下水 地漏 走廊 门禁 电梯 发霉 蚊子 纱窗 换寝 楼长 归寝 室友 柜子",
    ),
    (
        "02",
        "餐饮",
        "Food and canteens",
        "general",
        "食堂 饭菜 窗口 排队 打饭 早餐 午饭 晚饭 夜宵 菜价 涨价 份量 餐盘 餐具 打包 饭盒 后厨 口味 异物 凉菜",
    ),
    (
        "03",
        "水电气暖网络",
        "Water, power, heating, network",
        "general",
        "热水 停水 水压 开水 停电 跳闸 电费 空调 暖气 供暖 校园网 无线网 网速 断网 信号 插座 燃气 熄灯 限电 通风",
    ),
    (
        "04",
        "教学安排与考试",
        "Timetable and examinations",
        "general",
        "课表 排课 考试 补考 缓考 重修 成绩 期末 考试周 教室 调课 辅修 选课时间 实验时间 考场 监考 公共课 周六",
    ),
    (
        "05",
        "课程与教师教学",
        "Courses and teaching",
        "general",
        "上课 老师讲 课件 作业 投影 扩音 实验 实训 机房 教材 小班 听不清 进度 课堂 翻页 口语 课程 试卷",
    ),
    (
        "06",
        "图书馆与自习空间",
        "Library and study rooms",
        "general",
        "图书馆 自习 占座 座位 预约座位 闭馆 借书 数据库 讨论间 阅览 通宵 书架 自习室 还书 馆藏",
    ),
    (
        "07",
        "奖助勤贷",
        "Scholarships, grants, loans, work-study",
        "general",
        "奖学金 助学金 助学贷款 勤工助学 勤工岗位 补助 困难认定 综合测评 加分 评优 资助 减免 发放",
    ),
    (
        "08",
        "就业与实习",
        "Careers and internships",
        "general",
        "实习 就业 招聘 双选会 简历 面试 三方协议 实习单位 创业 求职 宣讲会 毕业去向 兼职 岗位",
    ),
    (
        "09",
        "医疗与医保",
        "Health care and insurance",
        "general",
        "校医院 医生 看病 药 医保 报销 急诊 牙 体检 值班 转诊 急救 疫苗 挂号 心理中心预约",
    ),
    (
        "10",
        "校园安全与交通",
        "Safety and traffic",
        "general",
        "电动车 电瓶 消防通道 灭火器 路灯 校车 班车 车速 停车 校门 外卖车 巡逻 监控 被偷 红绿灯 斑马线 充电桩",
    ),
    (
        "11",
        "文体社团",
        "Sports, culture, clubs",
        "general",
        "社团 体育馆 球场 羽毛球 篮球 健身 排练 活动经费 器材 招新 比赛 游泳 琴房 演出 操场 音响",
    ),
    (
        "12",
        "学籍与证明",
        "Records and certificates",
        "simple",
        "学籍 在读证明 成绩单 转专业 休学 复学 学生证 毕业证 学位证 学分认定 盖章 档案 户口 补办",
    ),
    (
        "13",
        "收费与退费",
        "Fees and refunds",
        "general",
        "学费 住宿费 退费 扣费 多收 教材费 收费标准 缴费 发票 押金 重修费 退款 打印费 票价 代扣",
    ),
    (
        "14",
        "信息系统",
        "Information systems",
        "general",
        "系统 登录 密码 验证码 小程序 选课系统 教务系统 打不开 卡死 邮箱 签到 请假系统 校园平台 上传 账号 页面",
    ),
    (
        "15",
        "环境与维修",
        "Surroundings and repairs",
        "general",
        "卫生间 厕所 漏水 积水 垃圾 保洁 路面 噪声 施工 快递 驿站 绿化 流浪狗 窗帘 门坏 地砖 浴室 维修 报修",
    ),
    (
        "16",
        "制度建议",
        "Proposals on rules",
        "complex",
        "建议 制度 规定 检查次数 点名 晚自习 查寝 志愿时长 第二课堂 体测 材料太多 纸质总结 审批 简化",
    ),
    (
        "17",
        "政策咨询",
        "Questions on policy",
        "simple",
        "政策 条件 怎么申请 推免 保研 入伍 交换 出国 创业休学 补贴 名额 什么时候公布 租房补贴 落户",
    ),
    (
        "18",
        "心理支持需求",
        "Psychological support",
        "restricted",
        "",
    ),
    (
        "19",
        "教职工行为",
        "Conduct of staff",
        "restricted",
        "",
    ),
    (
        "20",
        "其他",
        "Other",
        "general",
        "失物 其他",
    ),
]


def settle_categories() -> int:
    """Add the categories an empty database lacks; returns how many. Commits nothing."""
    known = set(db.session.scalars(db.select(Category.code)))
    missing = [row for row in CATEGORIES if row[0] not in known]
    for code, name, name_en, limit_class, words in missing:
        db.session.add(
            Category(code=code, name=name, name_en=name_en, limit_class=LimitClass(limit_class), words=words)
        )
    db.session.flush()
    return len(missing)
