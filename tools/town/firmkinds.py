# ruff: noqa: E501 - tables of Chinese words: a full-width sign counts twice, a row reads better whole
"""Kinds of firms in the sub-district: how they are called, whom they hire, what they say about themselves.

The counts follow the industry mix of the sample ratios (data/reference/code_lists.json, demo_ratios).
"""

from __future__ import annotations

from dataclasses import dataclass

SMALL, MIDDLE, BIG = "1-19人", "20-99人", "100-499人"
COMPANY, SHOP, NON_PROFIT = "91", "92", "52"


@dataclass(frozen=True)
class FirmKind:
    """One kind: `name` has {b} for the brand; trades are keys with weights."""

    division: str
    count: int
    name: str
    trades: str
    sizes: tuple[str, ...]
    about: str
    register: str = COMPANY
    nature: str = "民营"
    stores: bool = False  # several shops: titles name the street

    def weighted_trades(self) -> dict[str, int]:
        """ "barista:5 cashier:2" as a table; a bare key weighs 2."""
        pairs = (word.partition(":") for word in self.trades.split())
        return {key: int(weight or 2) for key, _, weight in pairs}


OFFICE = " clerk:1 reception:1 bookkeeper:1 accountant:1 hr:1"

KINDS = (
    # F 批发和零售业: 32
    FirmKind("52", 4, "上海{b}便利店连锁有限公司", "cashier:4 stocker:3 shop_assistant:1 storekeeper:1", (MIDDLE, BIG), "在长宁有多家社区便利店，24小时营业，重视员工排班与休息。", stores=True),
    FirmKind("52", 6, "上海{b}超市有限公司", "cashier:5 stocker:5 cleaner:2 guard:1 buyer:1 storekeeper:2" + OFFICE, (MIDDLE, BIG), "面向社区的中型超市，生鲜每日直采，设长者收银通道。", stores=True),
    FirmKind("52", 4, "长宁区{b}生鲜店", "stocker:4 cashier:3 sorter:1 driver:1", (SMALL,), "开在居民区门口的生鲜店，早市新鲜，邻里熟悉。", SHOP, "个体工商户"),
    FirmKind("52", 5, "上海{b}服饰有限公司", "shop_assistant:6 designer:1 media:1 storekeeper:1 ecommerce:2" + OFFICE, (MIDDLE,), "原创女装与通勤装品牌，商圈设有直营门店。", stores=True),
    FirmKind("52", 4, "上海{b}大药房有限公司", "pharmacy:6 cashier:1 storekeeper:1 accountant:1", (MIDDLE,), "社区药房，配备执业药师，提供慢病用药咨询。", stores=True),
    FirmKind("52", 2, "上海{b}文化用品有限公司", "shop_assistant:3 cashier:2 ecommerce:2 designer:1", (SMALL, MIDDLE), "经营文具、文创与图书，常办社区手作活动。"),
    FirmKind("52", 2, "上海{b}家居用品有限公司", "shop_assistant:3 sales:3 driver:2 fixer:1 storekeeper:1", (MIDDLE,), "家居软装与适老化用品展示销售，提供上门测量。"),
    FirmKind("52", 3, "上海{b}电子商务有限公司", "ecommerce:5 service_line:4 media:3 sorter:2 designer:2 buyer:1" + OFFICE, (MIDDLE,), "经营日用百货网店，自有客服与仓配团队。"),
    FirmKind("51", 2, "上海{b}贸易有限公司", "sales:4 buyer:3 storekeeper:2" + OFFICE, (SMALL, MIDDLE), "食品与日用品批发，服务区内两百余家门店。"),
    # H 住宿和餐饮业: 27
    FirmKind("62", 6, "上海{b}咖啡有限公司", "barista:7 baker:2 cashier:1 media:1 waiter:1", (SMALL, MIDDLE), "街角精品咖啡，与社区合办邻里读书会。", stores=True),
    FirmKind("62", 6, "上海{b}餐饮管理有限公司", "waiter:6 cook:4 prep:3 dishwasher:3 cashier:2 reception:1" + OFFICE, (MIDDLE,), "经营本帮菜与家常菜馆，午市简餐、晚市小聚。", stores=True),
    FirmKind("62", 3, "长宁区{b}面馆", "waiter:3 cook:2 prep:3 dishwasher:2", (SMALL,), "社区面馆，早市到夜宵，老板亲自掌勺。", SHOP, "个体工商户"),
    FirmKind("62", 3, "上海{b}茶饮有限公司", "tea:7 cashier:1 media:1", (SMALL, MIDDLE), "现制茶饮连锁，欢迎在校生兼职。", stores=True),
    FirmKind("62", 3, "上海{b}烘焙食品有限公司", "baker:5 shop_assistant:2 cashier:2 barista:1 driver:1", (SMALL, MIDDLE), "每日现烤面包，晚间临期产品半价惠邻。"),
    FirmKind("61", 3, "上海{b}酒店管理有限公司", "hotel_desk:4 room_maid:5 waiter:2 fixer:2 guard:2 cook:1" + OFFICE, (MIDDLE, BIG), "商务与亲子客人并重的精选酒店。"),
    FirmKind("62", 3, "上海{b}团膳服务有限公司", "canteen:5 cook:4 prep:3 dishwasher:3 driver:1 lab:1", (MIDDLE, BIG), "承办社区长者食堂与企业团餐，留样可查。"),
    # L 租赁和商务服务业: 25
    FirmKind("72", 4, "上海{b}保安服务有限公司", "guard:8 fire_room:3 driver:1 hr:1", (BIG,), "持保安服务许可证，服务商务楼、学校与园区。"),
    FirmKind("72", 3, "上海{b}企业服务外包有限公司", "service_line:4 recruit_agent:3 clerk:3 reception:2 labeler:2 cleaner:1", (BIG,), "为企业提供客服、前台与后勤外包，直接签订劳动合同。"),
    FirmKind("72", 3, "上海{b}同城配送服务有限公司", "rider:6 courier:4 sorter:4 driver:2 storekeeper:1", (BIG,), "承接商圈即时配送与末端快递，统一投保。"),
    FirmKind("72", 4, "上海{b}会展服务有限公司", "events:4 designer:3 media:3 sales:2 editor:1 venue_culture:1" + OFFICE, (SMALL, MIDDLE), "承办企业会议、社区节庆与展览。"),
    FirmKind("72", 4, "上海{b}财税咨询有限公司", "accountant:6 bookkeeper:4 sales:2 clerk:1 service_line:1", (SMALL, MIDDLE), "为小微企业代理记账与报税，手把手带教新人。"),
    FirmKind("72", 2, "上海{b}律师事务所", "legal:5 clerk:2 reception:2 accountant:1", (SMALL, MIDDLE), "以劳动与民商事业务为主的律师事务所。", "31", "合伙"),
    FirmKind("72", 3, "上海{b}商务咨询有限公司", "sales:4 analyst:2 clerk:2 events:1 service_line:2 media:1", (SMALL, MIDDLE), "为外地企业落户上海提供注册与政策咨询。"),
    FirmKind("72", 2, "上海{b}后勤管理服务有限公司", "canteen:3 cleaner:4 guard:3 fixer:2 gardener:2 driver:2", (BIG,), "承接学校、医院与机关后勤，员工食宿有保障。"),
    # I 信息传输、软件和信息技术服务业: 22
    FirmKind("65", 7, "上海{b}软件有限公司", "java:5 web:3 tester:4 product:2 designer:1 it_support:1 sales:1" + OFFICE, (MIDDLE, BIG), "为零售与餐饮企业开发门店系统。"),
    FirmKind("64", 6, "上海{b}网络科技有限公司", "web:3 product:3 media:3 designer:3 service_line:3 java:2 ecommerce:1" + OFFICE, (MIDDLE,), "做本地生活小程序与社区信息服务。"),
    FirmKind("65", 4, "上海{b}数据科技有限公司", "analyst:4 data_dev:4 labeler:4 java:2 tester:1" + OFFICE, (MIDDLE, BIG), "提供数据治理与标注服务，重视数据合规。"),
    FirmKind("65", 5, "上海{b}信息技术服务有限公司", "it_support:6 java:3 tester:3 service_line:2 sales:1" + OFFICE, (MIDDLE, BIG), "企业信息系统运维与驻场支持。"),
    # M 科学研究和技术服务业: 14
    FirmKind("74", 4, "上海{b}检测技术有限公司", "lab:6 driver:1 sales:2 clerk:1" + OFFICE, (MIDDLE, BIG), "食品、环境与日用品检测，实验室通过资质认定。"),
    FirmKind("74", 5, "上海{b}建筑设计有限公司", "drafter:6 designer:3 clerk:1" + OFFICE, (MIDDLE,), "专注老旧小区改造与公共空间设计。"),
    FirmKind("74", 3, "上海{b}工程技术有限公司", "drafter:4 electrician:2 fixer:2 buyer:1 sales:1" + OFFICE, (MIDDLE,), "机电安装与节能改造。"),
    FirmKind("73", 2, "上海{b}生物科技有限公司", "lab:5 analyst:1 buyer:1 clerk:1 accountant:1", (SMALL, MIDDLE), "从事食品微生物与诊断试剂研发。"),
    # O 居民服务、修理和其他服务业: 14
    FirmKind("80", 4, "上海{b}家政服务有限公司", "housekeeper:6 nanny:4 elder_care:3 cleaner:2 service_line:1", (MIDDLE, BIG), "员工制家政，岗前培训，持证上门。"),
    FirmKind("80", 3, "上海{b}美容服务有限公司", "beautician:7 reception:1 shop_assistant:1", (SMALL,), "社区美容护肤门店，明码标价。"),
    FirmKind("80", 2, "长宁区{b}美发店", "hair:7 beautician:1", (SMALL,), "开了十多年的社区理发店，每月公益理发。", SHOP, "个体工商户"),
    FirmKind("81", 2, "上海{b}汽车服务有限公司", "car_care:6 sales:1 reception:1", (SMALL,), "汽车养护与快修，旧件可看、价目上墙。"),
    FirmKind("80", 3, "上海{b}居家养老服务有限公司", "elder_care:7 ward_aide:2 canteen:1 social:1 clerk:1", (MIDDLE,), "承接居家照护与助餐助浴，服务周边街道老人。"),
    # J 金融业: 13
    FirmKind("68", 4, "上海{b}保险代理有限公司", "insurance:6 service_line:2 sales:1 clerk:1", (MIDDLE,), "代理健康险与意外险，合规展业。"),
    FirmKind("66", 3, "上海{b}小额贷款有限公司", "risk:4 bank_hall:3 service_line:2 legal:1 accountant:1", (MIDDLE,), "服务小微商户的普惠金融机构。"),
    FirmKind("67", 3, "上海{b}投资咨询有限公司", "risk:3 analyst:3 sales:2 reception:1 accountant:1 legal:1", (SMALL, MIDDLE), "产业研究与投资顾问。"),
    FirmKind("69", 3, "上海{b}支付服务有限公司", "service_line:4 java:2 risk:2 bank_hall:2 tester:2 sales:2" + OFFICE, (MIDDLE, BIG), "为商户提供收单与对账服务。"),
    # K 房地产业: 11
    FirmKind("70", 6, "上海{b}物业管理有限公司", "cleaner:5 guard:5 property_desk:4 electrician:2 fixer:3 fire_room:2 gardener:2" + OFFICE, (BIG,), "管理区内商务楼与住宅小区，工会健全。"),
    FirmKind("70", 4, "上海{b}房地产经纪有限公司", "agent:7 clerk:1 media:1", (MIDDLE,), "社区房产经纪门店，真房源承诺。", stores=True),
    FirmKind("70", 1, "上海{b}公寓管理有限公司", "property_desk:4 cleaner:3 fixer:2 sales:1", (MIDDLE,), "运营人才公寓与服务式公寓。"),
    # Q 卫生和社会工作: 7
    FirmKind("85", 2, "长宁区{b}护理院", "elder_care:5 ward_aide:4 nurse:3 cook:1 cleaner:2 social:1", (BIG,), "医养结合护理院，床位120张。", NON_PROFIT, "民办非企业"),
    FirmKind("84", 1, "上海{b}口腔门诊部有限公司", "nurse_aide:4 nurse:2 reception:1 cleaner:1", (SMALL,), "社区口腔门诊，预约就诊。"),
    FirmKind("84", 1, "上海{b}综合门诊部有限公司", "nurse:4 nurse_aide:3 pharmacy:2 reception:1", (MIDDLE,), "全科、康复与体检门诊。"),
    FirmKind("85", 2, "长宁区{b}社会工作服务中心", "social:5 community:4 clerk:1 events:1", (SMALL, MIDDLE), "承接社区为老与青少年服务项目。", NON_PROFIT, "民办非企业"),
    FirmKind("85", 1, "上海{b}托育服务有限公司", "nanny:5 kinder_aide:3 kinder:2 cook:1", (MIDDLE,), "普惠托育点，招收2至3岁幼儿。"),
    # P 教育: 6
    FirmKind("83", 2, "长宁区{b}幼儿园", "kinder:5 kinder_aide:4 canteen:1 guard:1", (MIDDLE,), "民办二级幼儿园，户外活动场地宽敞。", NON_PROFIT, "民办非企业"),
    FirmKind("83", 3, "上海{b}艺术培训有限公司", "teacher:5 teaching_admin:4 course_adviser:4 reception:1", (SMALL, MIDDLE), "少儿美术、书法与编程培训，预收费入资金监管。"),
    FirmKind("83", 1, "上海{b}职业技能培训有限公司", "teaching_admin:3 course_adviser:3 teacher:2 clerk:1", (MIDDLE,), "开展养老护理、育婴与烘焙培训。"),
    # C 制造业: 5
    FirmKind("18", 2, "上海{b}服装有限公司", "seamster:5 designer:2 storekeeper:2 lab:1 ecommerce:1" + OFFICE, (MIDDLE,), "小批量女装样衣与定制工作室。"),
    FirmKind("14", 2, "上海{b}食品有限公司", "baker:4 lab:2 storekeeper:2 driver:2 sales:2", (MIDDLE,), "中式糕点与轻食生产，供应社区门店。"),
    FirmKind("39", 1, "上海{b}电子科技有限公司", "storekeeper:2 buyer:2 sales:2 lab:2 it_support:1" + OFFICE, (MIDDLE,), "智能门锁与楼宇对讲研发装配。"),
    # R 文化、体育和娱乐业: 4
    FirmKind("89", 2, "上海{b}健身服务有限公司", "coach:6 venue:4 sales:2 cleaner:1", (SMALL, MIDDLE), "社区健身房与泳池，按次收费。"),
    FirmKind("88", 2, "上海{b}文化发展有限公司", "library:4 venue_culture:4 editor:3 media:2 events:2", (MIDDLE,), "运营社区图书角、展厅与小剧场。"),
)  # fmt: skip
