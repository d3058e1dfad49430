"""A small made-up street of jobs: a code book, labelled titles, postings. Plainly made, known answers."""

from __future__ import annotations

from yuanmeng.matching.titles import CodeEntry, Page

BOOK = [
    CodeEntry("4-00-00-00", "服务人员", ""),
    CodeEntry("4-03-00-00", "餐饮服务人员", ""),
    CodeEntry("4-03-02-00", "餐饮人员", ""),
    CodeEntry("4-03-02-01", "中式烹调师", "烹制中式菜肴的人员。 切配原料，炒菜，调味。"),
    CodeEntry("4-03-02-07", "咖啡师", "制作和出品咖啡饮料的人员。 研磨咖啡豆，萃取，拉花。"),
    CodeEntry("4-08-10-02", "保洁员", "清洁公共区域的人员。 清扫，擦拭，消毒。"),
    CodeEntry("4-10-01-01", "育婴员", "照料婴幼儿生活的人员。 喂养，洗澡，早期教育。"),
    CodeEntry("6-29-02-06", "架子工", "搭设和拆除脚手架的人员。 搭设，检查，拆除。"),
]
TITLES = {
    "4-03-02-01": [
        "厨师",
        "炒菜师傅",
        "酒店中餐厨师",
        "食堂厨师",
        "小炒厨师(包吃住)",
        "中餐主厨",
        "川菜厨师",
    ],
    "4-03-02-07": ["咖啡师", "咖啡店员", "咖啡馆饮品师", "门店咖啡师（早班）", "精品咖啡师", "咖啡吧员"],
    "4-08-10-02": ["保洁", "小区保洁员", "写字楼保洁", "清洁阿姨", "商场清洁工", "楼道清扫", "医院保洁员"],
    "4-10-01-01": ["月嫂", "育儿嫂", "住家育婴师", "育婴师", "白班育儿嫂", "金牌月嫂", "育婴嫂"],
}
LABELLED = [(title, code) for code, titles in TITLES.items() for title in titles]
UNUSED = "6-29-02-06"  # no title carries it

DUTIES = {
    "java开发工程师": "负责后端接口开发，熟悉Spring和MySQL，编写单元测试，第{}组",
    "会计": "负责记账、报税、凭证整理，熟悉增值税申报，第{}科",
    "保洁员": "负责楼道清扫、垃圾清运、地面拖洗，第{}号楼",
    "咖啡师": "负责研磨萃取、奶泡拉花、吧台清点，第{}号店",
}
POSTINGS = [(title, duty.format(at)) for title, duty in DUTIES.items() for at in range(6)]

PAGES = [
    Page("房产经纪人 中介 置业顾问 realtor", ("4", "4-06"), "带看房屋，签订买卖合同"),
    Page("厨师 烹调师 炒菜师傅", ("4", "4-03"), "烹制菜肴"),
    Page("程序员 软件工程师 开发", ("2", "2-02"), "编写程序"),
]
STREET = ["置业顾问", "房产经纪人", "厨师", "炒菜师傅", "软件工程师", "程序员", "开发主管"]
